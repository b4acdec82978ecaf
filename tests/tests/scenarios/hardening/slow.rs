//! Clients that take their time: to say what they want, and to take what they asked for.
use std::{
    io::{ErrorKind, Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use tests::Server;

use super::server;

fn connect(server: &Server) -> TcpStream {
    let stream = TcpStream::connect(server.address.trim_start_matches("http://")).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("patience");
    stream
}

/// Everything that comes until the server ends the connection, and whether it broke it off.
fn rest(mut stream: TcpStream) -> (Vec<u8>, bool) {
    let mut rest = vec![];
    match stream.read_to_end(&mut rest) {
        Ok(_) => (rest, false),
        Err(error) if error.kind() == ErrorKind::ConnectionReset => (rest, true),
        Err(error) => panic!("the server does not end the connection: {error}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_and_a_body_that_do_not_come_are_not_waited_for() {
    let server = server(&["--head-time", "1", "--body-time", "1"]).await;
    let began = Instant::now();
    let mut head = connect(&server);
    head.write_all(b"GET /livez HT").expect("a beginning");
    rest(head);
    assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_takes_nothing_of_an_answer_does_not_hold_the_connection() {
    const ASKED: usize = 64;
    let server = server(&["--stall-time", "2"]).await;
    let mut stream = connect(&server);
    // More than fits into the buffers on the way.
    stream.write_all("GET /openapi.json HTTP/1.1\r\nHost: a\r\n\r\n".repeat(ASKED).as_bytes()).expect("requests");
    tokio::time::sleep(Duration::from_secs(8)).await;
    let (came, broken) = rest(stream);
    let answers = came.windows(12).filter(|window| window == b"HTTP/1.1 200").count();
    assert!(broken && answers < ASKED, "{answers} answers, broken off: {broken}");
    // Everybody else is served.
    rest({
        let mut other = connect(&server);
        other.write_all(b"GET /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").expect("a request");
        other
    });
}
