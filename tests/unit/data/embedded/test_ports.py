import socket

from data.embedded.ports import choose_ports, is_free


def test_a_port_that_is_listened_on_is_not_free() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        taken = server.getsockname()[1]
        assert not is_free(taken)
    assert is_free(taken)


def test_ports_are_different_and_below_the_range_of_outgoing_connections() -> None:
    names = [f"port{number}" for number in range(50)]

    ports = choose_ports(names, {})

    assert len(set(ports.values())) == 50
    assert all(20_000 <= port < 32_768 for port in ports.values())


def test_a_free_port_is_kept_and_a_taken_one_replaced() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        taken = server.getsockname()[1]
        free = choose_ports(["x"], {})["x"]

        ports = choose_ports(["kept", "lost"], {"kept": free, "lost": taken})

    assert ports["kept"] == free
    assert ports["lost"] not in {free, taken}
