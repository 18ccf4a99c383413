"""Queries by the hundred that try to see what is another person's: valid ones at random, and attacks."""

from __future__ import annotations

import random

LABELS = ("User", "Account", "Goal", "Transaction", "Category", "Investment")
TYPES = ("HAS_ACCOUNT", "HAS_GOAL", "BELONGS_TO", "CATEGORIZED_AS", "REQUIRES")
PROPERTIES = ("id", "name", "payee", "amount", "amount_minor", "category", "account_id", "booked_on", "kind")

ATTACKS = (
    "MATCH (n {{owner: '{other}'}}) RETURN n",
    "MATCH (n) WHERE n.owner = '{other}' RETURN n",
    "MATCH (n) WHERE n.owner <> $owner RETURN count(n)",
    "MATCH (u:User)-[:SIMILAR_TO]->(v) RETURN v",
    "MATCH (u:User)-[:SIMILAR_TO*1..2]->(v:User) RETURN count(v)",
    "MATCH (u:User)-[:HAS_ACCOUNT|SIMILAR_TO]-(v) RETURN count(v)",
    "MATCH (u:User)-[*]-(v) RETURN count(v)",
    "MATCH (u:User)-[*0..]-(v) RETURN count(v)",
    "MATCH (n) RETURN n UNION MATCH (m) RETURN m AS n",
    "MATCH (n) RETURN n UNION ALL MATCH (n {{id: '{other}'}}) RETURN n",
    "CALL {{ MATCH (n) RETURN n }} RETURN n",
    "CALL db.labels() YIELD label RETURN label",
    "MATCH (n) CALL {{ WITH n MATCH (m) RETURN m }} RETURN m",
    "UNWIND ['{other}'] AS id MATCH (n {{id: id}}) RETURN n",
    "MATCH (n) RETURN [(n)-->(m) | m.id]",
    "MATCH (n) RETURN [x IN nodes(n) | x.owner]",
    "MATCH (n) WHERE (n)--(:User {{id: '{other}'}}) RETURN n",
    "MATCH (n) RETURN COUNT {{ (n)--() }}",
    "MATCH (n) RETURN size((n)--())",
    "MATCH (n) RETURN properties(n)",
    "MATCH (n) RETURN keys(n)",
    "MATCH (n) RETURN n.version",
    "MATCH (n) RETURN n['owner']",
    "MATCH (n) RETURN n{{.*}}",
    "MATCH (n) RETURN id(n), elementId(n)",
    "MATCH (n) WHERE id(n) = 1 RETURN n",
    "MATCH (n:Removed) RETURN n",
    "MATCH (n:User|Removed) RETURN n",
    "MATCH (n:%) RETURN n",
    "MATCH (n:!User) RETURN n",
    "MATCH (n:$(label)) RETURN n",
    "MATCH (`n`) RETURN `n`",
    "MATCH (n) RETURN n // }} WHERE true",
    "MATCH (n /* {{ */) RETURN n",
    "MATCH (n) WHERE n.name = 'x' OR true RETURN count(n)",
    "MATCH (n) WHERE true OR n.name = '\\u0027' RETURN n",
    "MATCH (n) WHERE n.name = '\\'}}) MATCH (m) RETURN m //' RETURN n",
    'MATCH (n {{name: "\'}}) MATCH (m) RETURN m"}}) RETURN n',
    "MATCH (n) WHERE n.name =~ '.*' RETURN n",
    "MATCH (n) SET n.owner = '{other}' RETURN n",
    "MATCH (n) DETACH DELETE n",
    "MERGE (n:User {{id: '{other}'}}) RETURN n",
    "CREATE (n:User) RETURN n",
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "MATCH (a), (b) RETURN count(*)",
    "MATCH (a) MATCH (b) RETURN count(*)",
    "MATCH (a) WITH count(a) AS n MATCH (b) RETURN n, count(b)",
    "MATCH p = shortestPath((a:User)-[*..4]-(b:User)) RETURN p",
    "MATCH p = allShortestPaths((a)-[*..4]-(b)) RETURN p",
    "MATCH (a)-[r]-(b) RETURN startNode(r), endNode(r)",
    "MATCH (a) RETURN exists((a)--())",
    "MATCH (a) RETURN reduce(s = 0, x IN [1] | s + x)",
    "MATCH (a) RETURN apoc.version()",
    "MATCH (a) USING INDEX a:User(id) RETURN a",
    "USE system MATCH (a) RETURN a",
    "EXPLAIN MATCH (a) RETURN a",
    "PROFILE MATCH (a) RETURN a",
    "SHOW DATABASES",
    "MATCH (owner) RETURN owner",
    "MATCH (x_n) RETURN x_n",
    "MATCH (n) WHERE n.id = $owner RETURN n",
    "MATCH (n) WHERE n.id = $s_0 RETURN n",
    "MATCH (n {{id: $other}}) RETURN n",
    "MATCH (n) WHERE n.id IN [$other, '{other}'] RETURN count(n)",
    "MATCH (a:Account {{id: '{other_account}'}})--(n) RETURN n",
    "MATCH (n) WHERE EXISTS {{ (m {{id: '{other}'}}) }} RETURN count(n)",
    "MATCH (n) WHERE EXISTS {{ MATCH (m) WHERE m.id = '{other}' }} RETURN count(n)",
    "MATCH (n) WHERE NOT EXISTS {{ (m {{id: '{other_account}'}}) }} RETURN count(n)",
    "MATCH (c:Category)<-[:CATEGORIZED_AS]-(t) RETURN c.name, count(t), sum(t.amount_minor)",
    "MATCH (t:Transaction)-->(c)<--(s:Transaction) RETURN count(s), max(s.amount_minor)",
    "MATCH (c:Category)--(x)--(a:Account)--(u) RETURN DISTINCT u.id",
    "OPTIONAL MATCH (n {{id: '{other}'}}) RETURN n",
    "OPTIONAL MATCH (n {{id: '{other}'}})-[r]-(m) RETURN count(r), count(m)",
    "MATCH (u:User) OPTIONAL MATCH (u)--(m) WHERE true RETURN count(m)",
    "MATCH p = (u:User)-[*1..4]-(m) RETURN count(p), max(length(p))",
    "MATCH (a)-[*1..4]-(b) RETURN count(b)",
)


class Grammar:
    """Valid queries at random: chains with and without names, labels and directions, conditions, sums, paths."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._names = 0

    def query(self) -> str:
        self._names = 0
        names: list[str] = []
        clauses = [f"MATCH {self._pattern(names, None)}{self._where(names)}"]
        for _ in range(self._random.choice((0, 0, 1, 1, 2))):
            optional = self._random.choice(("", "OPTIONAL "))
            clauses.append(f"{optional}MATCH {self._pattern(names, self._random.choice(names))}{self._where(names)}")
        if self._random.random() < 0.3:
            kept = self._random.sample(names, self._random.randint(1, len(names)))
            clauses.append(f"WITH {', '.join(kept)}, count(*) AS rows")
            names[:] = kept
        items = {self._item(names) for _ in range(self._random.randint(1, 3))}
        clauses.append(f"RETURN {self._random.choice(('', 'DISTINCT '))}{', '.join(sorted(items))}")
        return "\n".join(clauses)

    def _pattern(self, names: list[str], bound: str | None) -> str:
        text = f"({bound})" if bound else self._node(names)
        for _ in range(self._random.choice((0, 1, 1, 2)) if not bound else self._random.choice((1, 1, 2))):
            text += self._relation() + self._node(names)
        if not names:
            names.append("n0")
            text = text.replace("(", "(n0", 1)
            self._names = max(self._names, 1)
        return text

    def _node(self, names: list[str]) -> str:
        name = ""
        if self._random.random() < 0.7:
            name = f"n{self._names + 1}"
            self._names += 1
            names.append(name)
        label = f":{self._random.choice(LABELS)}" if self._random.random() < 0.6 else ""
        return f"({name}{label})"

    def _relation(self) -> str:
        types = "|".join(self._random.sample(TYPES, self._random.randint(1, 3)))
        inside = self._random.choice(("", f"[:{types}]", f"[:{types}*1..2]", "[]"))
        return self._random.choice((f"-{inside}->", f"<-{inside}-", f"-{inside}-"))

    def _where(self, names: list[str]) -> str:
        if self._random.random() < 0.5:
            return ""
        name, other = self._random.choice(names), self._random.choice(names)
        first = self._random.choice(PROPERTIES)
        condition = self._random.choice(
            (
                f"{name}.{first} IS NOT NULL",
                f"{name}.amount_minor < {self._random.randint(-9000, 9000)}",
                f"{name}.name CONTAINS 'e' OR true",
                f"NOT ({name}.payee = 'Swiggy' AND {name}.kind IS NULL)",
                f"{name}.category IN ['dining', 'rent', 'salary'] OR {name}.id = {other}.id",
                f"EXISTS {{ ({name})-->() }}",
                f"EXISTS {{ ({name})--(z) WHERE z.amount_minor > -100000 }}",
                f"{name}:{self._random.choice(LABELS)}",
                f"{name}.id STARTS WITH '0'",
            )
        )
        return f" WHERE {condition}"

    def _item(self, names: list[str]) -> str:
        name = self._random.choice(names)
        return self._random.choice(
            (
                name,
                f"{name}.{self._random.choice(PROPERTIES)}",
                "count(*)",
                f"count(DISTINCT {name})",
                f"sum({name}.amount_minor)",
                f"min({name}.id)",
                f"labels({name})",
                f"coalesce({name}.name, {name}.payee, 'none')",
            )
        )
