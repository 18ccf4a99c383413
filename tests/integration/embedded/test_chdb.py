import subprocess
import sys
from pathlib import Path

from data.embedded import claim_chdb
from tests.integration.embedded.users import ROOT

_USE = """
import sys
from pathlib import Path
import clickhouse_connect
from data.embedded import claim_chdb
with claim_chdb(Path(sys.argv[1])) as claim:
    client = clickhouse_connect.get_client(interface="chdb", path=str(claim.path))
    client.command("CREATE DATABASE IF NOT EXISTS nivesh")
    client.command("CREATE TABLE IF NOT EXISTS nivesh.n (n UInt64) ENGINE = MergeTree ORDER BY n")
    client.insert("nivesh.n", [[int(sys.argv[2])]], column_names=["n"])
    print(*(row[0] for row in client.query("SELECT n FROM nivesh.n ORDER BY n").result_rows))
    client.close()
"""

_HOLD = """
import sys
from pathlib import Path
from data.embedded import claim_chdb
claim = claim_chdb(Path(sys.argv[1]))
print("claimed" if claim else "refused", flush=True)
sys.stdin.read()
"""


def _use(home: Path, number: int) -> str:
    command = [sys.executable, "-c", _USE, str(home), str(number)]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


def test_the_client_works_on_the_claimed_path_and_the_data_stays(tmp_path: Path) -> None:
    assert _use(tmp_path, 1) == "1"
    assert _use(tmp_path, 2) == "1 2"


def test_one_claim_at_a_time(tmp_path: Path) -> None:
    claim = claim_chdb(tmp_path)
    assert claim is not None
    assert claim.path == tmp_path / "clickhouse"
    assert claim_chdb(tmp_path) is None

    claim.close()
    claim.close()
    again = claim_chdb(tmp_path)
    assert again is not None
    again.close()


def test_a_process_that_is_killed_gives_its_claim_up(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"claimed\n"
        assert claim_chdb(tmp_path) is None

        holder.kill()
        holder.wait()

    with_claim = claim_chdb(tmp_path)
    assert with_claim is not None
    with_claim.close()
