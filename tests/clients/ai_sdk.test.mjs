// The Vercel AI SDK: useChat of @ai-sdk/react, rendered, and its transport, against a running server.
import assert from "node:assert/strict";
import { test } from "node:test";
import { JSDOM } from "jsdom";

const dom = new JSDOM("<main></main>", { url: "http://localhost/" });
globalThis.window = dom.window;
globalThis.document = dom.window.document;
if (!globalThis.navigator) globalThis.navigator = dom.window.navigator;
globalThis.IS_REACT_ACT_ENVIRONMENT = true;

const { act, createElement } = await import("react");
const { createRoot } = await import("react-dom/client");
const { useChat } = await import("@ai-sdk/react");
const { DefaultChatTransport, lastAssistantMessageIsCompleteWithApprovalResponses } = await import("ai");

const { NIVESH_URL, NIVESH_TOKEN, NIVESH_NET_WORTH } = process.env;
const headers = { authorization: `Bearer ${NIVESH_TOKEN}` };
const transport = () => new DefaultChatTransport({ api: `${NIVESH_URL}/api/v1/chat/ai-sdk`, headers });
const write = (category) => `/set_budget {"amount": "4000", "category": "${category}"}`;

/** A component that uses the hook, and the hook's newest state. */
async function mount(options) {
  const current = {};
  const Component = () => {
    current.chat = useChat({ transport: transport(), ...options });
    return null;
  };
  const root = createRoot(document.querySelector("main"));
  await act(async () => root.render(createElement(Component)));
  return {
    get chat() {
      return current.chat;
    },
    act: (work) => act(async () => work(current.chat)),
    unmount: () => act(async () => root.unmount()),
  };
}

async function until(condition, what) {
  for (let tries = 0; tries < 400; tries += 1) {
    if (condition()) return;
    await act(async () => new Promise((resolve) => setTimeout(resolve, 25)));
  }
  assert.fail(`${what} did not happen`);
}

const textOf = (message) => message.parts.filter((part) => part.type === "text").map((part) => part.text).join("");
const toolsOf = (message) => message.parts.filter((part) => part.type.startsWith("tool-"));

async function budgets() {
  const response = await fetch(`${NIVESH_URL}/api/v1/finance/budgets`, { headers });
  return (await response.json()).budgets.map((budget) => budget.category);
}

test("a question is answered in a rendered chat, with tool and citations", async () => {
  const page = await mount({ id: "sdk-question" });
  await page.act((chat) => chat.sendMessage({ text: "What is my net worth?" }));
  await until(() => page.chat.status === "ready" && page.chat.messages.length === 2, "an answer");
  const answer = page.chat.messages[1];

  assert.ok(textOf(answer).replaceAll(",", "").includes(NIVESH_NET_WORTH), textOf(answer));
  assert.equal(toolsOf(answer)[0].state, "output-available");
  assert.equal(toolsOf(answer)[0].output.net_worth, NIVESH_NET_WORTH);
  assert.ok(answer.parts.some((part) => part.type === "data-citation"));
  assert.ok(answer.metadata.conversationId);
  await page.unmount();
});

test("a chat goes on under its id", async () => {
  const page = await mount({ id: "sdk-follow-up" });
  await page.act((chat) => chat.sendMessage({ text: "What did I spend on groceries last month?" }));
  await until(() => page.chat.status === "ready" && page.chat.messages.length === 2, "the first answer");
  await page.act((chat) => chat.sendMessage({ text: "And on fuel?" }));
  await until(() => page.chat.status === "ready" && page.chat.messages.length === 4, "the second answer");
  const [, first, , second] = page.chat.messages;

  assert.match(textOf(second), /fuel/);
  assert.equal(second.metadata.conversationId, first.metadata.conversationId);
  await page.unmount();
});

for (const approved of [true, false]) {
  test(`a write waits for the person, who says ${approved ? "yes" : "no"}`, async () => {
    const category = approved ? "shopping" : "fuel";
    const page = await mount({
      id: `sdk-write-${approved}`,
      sendAutomaticallyWhen: lastAssistantMessageIsCompleteWithApprovalResponses,
    });
    await page.act((chat) => chat.sendMessage({ text: write(category) }));
    const waiting = () => toolsOf(page.chat.messages.at(-1)).find((part) => part.state === "approval-requested");
    await until(() => page.chat.status === "ready" && waiting(), "a request for approval");
    assert.ok(!(await budgets()).includes(category));
    assert.match(page.chat.messages.at(-1).parts.find((part) => part.type === "data-approval").data.preview.summary, /4,?000/);

    const { id } = waiting().approval;
    await page.act((chat) => chat.addToolApprovalResponse({ id, approved }));
    await until(() => page.chat.status === "ready" && textOf(page.chat.messages.at(-1)) !== "", "the rest");
    assert.equal(page.chat.messages.length, 2);
    assert.equal(toolsOf(page.chat.messages[1])[0].state, approved ? "output-available" : "output-denied");
    assert.equal((await budgets()).includes(category), approved);
    await page.unmount();
  });
}

test("a chat that is under way is resumed, and one that is not is left alone", async () => {
  const id = "sdk-resume";
  const first = await mount({ id });
  await first.act((chat) => chat.sendMessage({ text: write("health") }));
  await until(() => first.chat.status === "ready" && first.chat.messages.length === 2, "a request for approval");
  await first.unmount();

  const second = await mount({ id, messages: [first.chat.messages[0]], resume: true });
  await until(() => second.chat.messages.length === 2 && second.chat.status === "ready", "the resumed message");
  assert.deepEqual(toolsOf(second.chat.messages[1])[0].input, toolsOf(first.chat.messages[1])[0].input);
  assert.equal(second.chat.messages[1].id, first.chat.messages[1].id);
  await second.unmount();

  const idle = await mount({ id: "sdk-nothing", resume: true });
  await until(() => idle.chat.status === "ready", "quiet");
  assert.equal(idle.chat.messages.length, 0);
  await idle.unmount();
});

async function conversation(message) {
  const response = await fetch(`${NIVESH_URL}/api/v1/conversations/${message.metadata.conversationId}`, { headers });
  return response.json();
}

test("an answer given anew is another version, and the next question follows it", async () => {
  const page = await mount({ id: "sdk-regenerate" });
  await page.act((chat) => chat.sendMessage({ text: "What did I spend on groceries last month?" }));
  await until(() => page.chat.status === "ready" && page.chat.messages.length === 2, "the answer");
  const first = page.chat.messages[1];
  for (const options of [{}, { messageId: "given" }]) {
    const before = page.chat.messages[1].id;
    await page.act((chat) => chat.regenerate(options.messageId ? { messageId: before } : {}));
    await until(() => page.chat.status === "ready" && page.chat.messages[1]?.id !== before, "another answer");
  }
  assert.equal(textOf(page.chat.messages[1]), textOf(first));
  const shown = await conversation(first);
  assert.equal(shown.messages.length, 2);
  assert.equal(shown.messages[1].versions.length, 3);
  assert.equal(shown.messages[1].run_id, page.chat.messages[1].id);

  await page.act((chat) => chat.sendMessage({ text: "And on fuel?" }));
  await until(() => page.chat.status === "ready" && page.chat.messages.length === 4, "the next answer");
  assert.equal((await conversation(first)).messages.length, 4);
  await page.unmount();
});

test("an edited question is another version, and what followed the old one is out of the way", async () => {
  const page = await mount({ id: "sdk-edit" });
  for (const [text, length] of [["What did I spend on groceries last month?", 2], ["And on fuel?", 4]]) {
    await page.act((chat) => chat.sendMessage({ text }));
    await until(() => page.chat.status === "ready" && page.chat.messages.length === length, "an answer");
  }
  const [question, answer] = page.chat.messages;
  for (const text of ["What did I spend on dining last month?", "What did I spend on fuel last month?"]) {
    const before = page.chat.messages[1].id;
    await page.act((chat) => chat.sendMessage({ text, messageId: question.id }));
    await until(
      () => page.chat.status === "ready" && page.chat.messages.length === 2 && page.chat.messages[1].id !== before,
      "the answer to the edited question",
    );
  }
  const shown = await conversation(answer);
  assert.deepEqual(shown.messages.map((message) => message.role), ["user", "assistant"]);
  assert.equal(shown.messages[0].content, "What did I spend on fuel last month?");
  assert.equal(shown.messages[0].versions.length, 3);
  await page.unmount();
});

test("a failure is the chat's error", async () => {
  const page = await mount({ id: "sdk-wrong" });
  await page.act((chat) => chat.sendMessage({ text: "   " }).catch(() => {}));
  await until(() => page.chat.status === "error", "an error");

  assert.match(page.chat.error.message, /question/i);
  await page.unmount();
});
