"""A real Kafka broker and a real Neo4j on loopback, in place of the embedded ways."""

import subprocess
from collections.abc import AsyncIterator, Iterator

import pytest

from data.embedded import EngineAddress
from data.embedded.ports import choose_ports
from tests.servers.java_server import java, running
from tests.servers.lossy_proxy import LossyProxy

_KAFKA = """
process.roles=broker,controller
node.id=1
listeners=PLAINTEXT://127.0.0.1:{broker},PROXIED://127.0.0.1:{proxied},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{broker},PROXIED://127.0.0.1:{proxy}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT
inter.broker.listener.name=PLAINTEXT
controller.listener.names=CONTROLLER
controller.quorum.voters=1@127.0.0.1:{controller}
log.dirs={home}/data
num.partitions=3
offsets.topic.num.partitions=1
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
"""
# Any 16 bytes in URL-safe base64 name a cluster.
_CLUSTER_ID = "bml2ZXNoLXRlc3RzLTAwMQ"

_NEO4J = """
server.bolt.listen_address=127.0.0.1:{bolt}
server.http.enabled=false
server.https.enabled=false
dbms.security.auth_enabled=false
dbms.usage_report.enabled=false
server.memory.heap.max_size=512m
server.memory.pagecache.size=64m
"""
_OPENED = tuple(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in ("java.nio", "java.io", "sun.nio.ch"))


@pytest.fixture(scope="session")
def kafka_ports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, int]]:
    """A broker that is its own controller (KRaft): its port, and one that sends its clients on to a proxy's port."""
    home = tmp_path_factory.mktemp("kafka")
    ports = choose_ports(["broker", "proxied", "proxy", "controller"], kept={})
    settings = home / "server.properties"
    settings.write_text(_KAFKA.format(**ports, home=home))
    format_storage = ["kafka.tools.StorageTool", "format", "-t", _CLUSTER_ID, "-c", str(settings)]
    subprocess.run(java("kafka", *format_storage), check=True, capture_output=True)
    with running(java("kafka", "kafka.Kafka", str(settings)), home, ports["broker"]):
        yield ports


@pytest.fixture(scope="session")
def kafka_bootstrap(kafka_ports: dict[str, int]) -> str:
    """The broker's `host:port`."""
    return f"127.0.0.1:{kafka_ports['broker']}"


@pytest.fixture
async def kafka_proxy(kafka_ports: dict[str, int]) -> AsyncIterator[LossyProxy]:
    """A way to the broker that can lose answers."""
    async with LossyProxy(kafka_ports["proxy"], kafka_ports["proxied"]) as proxy:
        yield proxy


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The Bolt URL of a Neo4j without passwords."""
    home = tmp_path_factory.mktemp("neo4j")
    port = choose_ports(["bolt"], kept={})["bolt"]
    (home / "conf").mkdir()
    (home / "conf/neo4j.conf").write_text(_NEO4J.format(bolt=port))
    start = ["org.neo4j.server.CommunityEntryPoint", f"--home-dir={home}", f"--config-dir={home}/conf"]
    with running(java("neo4j", *_OPENED, *start), home, port):
        yield f"bolt://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def graph_address(neo4j_server: str) -> EngineAddress:
    """What `graph_driver` of the whole suite connects to, here the server."""
    return EngineAddress(url=neo4j_server, username=None, password=None)
