// Cancelling a slow answer by the clients of the AI SDK and of AG-UI; not among the scripts for the quick server.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { HttpAgent } from "@ag-ui/client";
import { AbstractChat, DefaultChatTransport } from "ai";

const { NIVESH_URL, NIVESH_TOKEN } = process.env;
const headers = { authorization: `Bearer ${NIVESH_TOKEN}` };
const slow = "Say it slowly. [[tokens=400 every_ms=20 tool=get_net_worth]]";

/** The run as it stands once it has ended. */
async function ended(runId) {
  for (;;) {
    const run = await (await fetch(`${NIVESH_URL}/api/v1/runs/${runId}`, { headers })).json();
    if (!["accepted", "running"].includes(run.state)) return run;
  }
}

async function cancel(path) {
  const response = await fetch(`${NIVESH_URL}/api/v1/chat/${path}/cancel`, { method: "POST", headers });
  assert.equal(response.status, 204);
}

class PlainState {
  status = "ready";
  error = undefined;
  messages = [];
  pushMessage = (message) => this.messages.push(message);
  popMessage = () => this.messages.pop();
  replaceMessage = (index, message) => (this.messages[index] = message);
  snapshot = (value) => structuredClone(value);
}

class PlainChat extends AbstractChat {
  constructor(id) {
    const transport = new DefaultChatTransport({ api: `${NIVESH_URL}/api/v1/chat/ai-sdk`, headers });
    super({ id, transport, state: new PlainState() });
  }
}

const textOf = (message) => (message?.parts ?? []).filter((part) => part.type === "text").map((part) => part.text).join("");

test("the AI SDK's chat is stopped, and cancelled, with what was said", async () => {
  const chat = new PlainChat(`sdk-cancel-${randomUUID()}`);
  const sending = chat.sendMessage({ text: slow });
  while (!textOf(chat.lastMessage).includes("~")) await new Promise((resolve) => setTimeout(resolve, 5));
  await cancel(`ai-sdk/${chat.id}`);
  await chat.stop();
  await sending;
  const run = await ended(chat.lastMessage.id);

  assert.equal(run.state, "cancelled");
  assert.ok(run.answer.startsWith(textOf(chat.lastMessage).trimEnd().slice(0, 5)), run.answer);
  await cancel(`ai-sdk/${chat.id}`);
});

test("AG-UI's run is cancelled, and its thread goes on", async () => {
  const threadId = `ag-cancel-${randomUUID()}`;
  const agent = new HttpAgent({ url: `${NIVESH_URL}/api/v1/chat/ag-ui`, headers, threadId });
  agent.setMessages([{ id: randomUUID(), role: "user", content: slow }]);
  const events = [];
  let cancelling;
  await agent.runAgent({}, {
    onEvent: ({ event }) => {
      events.push(event);
      if (event.type === "TEXT_MESSAGE_CONTENT") cancelling ??= cancel(`ag-ui/${threadId}`);
    },
  }).catch(() => {});
  await cancelling;

  assert.equal((await ended(agent.state.run_id)).state, "cancelled");
  agent.addMessage({ id: randomUUID(), role: "user", content: "Quickly. [[tokens=3 every_ms=1 tool=get_net_worth]]" });
  const again = [];
  await agent.runAgent({}, { onEvent: ({ event }) => void again.push(event) });
  assert.equal(again.at(-1).type, "RUN_FINISHED");
});
