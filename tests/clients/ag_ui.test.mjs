// @ag-ui/client's HttpAgent, which also verifies the order of events, against a running server.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { HttpAgent } from "@ag-ui/client";

const { NIVESH_URL, NIVESH_TOKEN, NIVESH_NET_WORTH } = process.env;
const headers = { authorization: `Bearer ${NIVESH_TOKEN}` };

function agentOn(threadId, content) {
  const agent = new HttpAgent({ url: `${NIVESH_URL}/api/v1/chat/ag-ui`, headers, threadId });
  agent.setMessages([{ id: randomUUID(), role: "user", content }]);
  return agent;
}

/** Runs the agent and keeps every event. */
async function run(agent, parameters = {}) {
  const events = [];
  await agent.runAgent(parameters, { onEvent: ({ event }) => void events.push(event) });
  return events;
}

const last = (events) => events.at(-1);
const said = (agent) => agent.messages.filter((message) => message.role === "assistant").map((message) => message.content ?? "").join("");

async function budgets() {
  const response = await fetch(`${NIVESH_URL}/api/v1/finance/budgets`, { headers });
  return (await response.json()).budgets.map((budget) => budget.category);
}

test("a question is answered with the right figure", async () => {
  const agent = agentOn("ag-question", "What is my net worth?");
  const events = await run(agent);

  assert.ok(said(agent).replaceAll(",", "").includes(NIVESH_NET_WORTH), said(agent));
  assert.equal(last(events).type, "RUN_FINISHED");
  assert.equal(last(events).outcome.type, "success");
  assert.ok(events.some((event) => event.type === "CUSTOM" && event.name === "citation"));
  assert.ok(agent.messages.some((message) => message.role === "tool" && JSON.parse(message.content).net_worth));
  assert.ok(agent.state.conversation_id);
});

test("a thread goes on", async () => {
  const agent = agentOn("ag-follow-up", "What did I spend on groceries last month?");
  await run(agent);
  const before = agent.state.conversation_id;
  agent.addMessage({ id: randomUUID(), role: "user", content: "And on fuel?" });
  await run(agent);

  assert.match(said(agent), /fuel/);
  assert.equal(agent.state.conversation_id, before);
});

for (const approved of [true, false]) {
  test(`a write interrupts, and the person says ${approved ? "yes" : "no"}`, async () => {
    const category = approved ? "groceries" : "transport";
    const agent = agentOn(`ag-write-${approved}`, `/set_budget {"amount": "9000", "category": "${category}"}`);
    const outcome = last(await run(agent)).outcome;
    assert.equal(outcome.type, "interrupt");
    const [interrupt] = outcome.interrupts;
    assert.match(interrupt.message, /9,?000/);
    assert.ok(!(await budgets()).includes(category));

    const events = await run(agent, {
      resume: [{ interruptId: interrupt.id, status: "resolved", payload: { approved } }],
    });
    assert.equal(last(events).outcome.type, "success");
    assert.equal((await budgets()).includes(category), approved);
  });
}

test("a repeated run id is the same run", async () => {
  const [first, second] = [agentOn("ag-repeat", "What is my net worth?"), agentOn("ag-repeat", "What is my net worth?")];
  const runId = randomUUID();
  await run(first, { runId });
  await run(second, { runId });

  assert.equal(second.state.run_id, first.state.run_id);
});

test("wrong input is refused in words", async () => {
  const agent = agentOn("ag-wrong", "Hello");
  agent.setMessages([]);
  await assert.rejects(run(agent), /422/);
});
