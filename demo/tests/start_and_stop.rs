//! The whole demo as a person starts it: up, down in order, up again with the same history, and up after a kill.

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _},
    net::TcpListener,
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

struct Demo {
    program: Child,
    told: String,
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port").port()
}

fn start(data: &Path, ports: (u16, u16)) -> Demo {
    let mut program = Command::new(env!("CARGO_BIN_EXE_bevis-demo"))
        .args(["--port", &ports.0.to_string(), "--oidc-port", &ports.1.to_string(), "--history-days", "1"])
        .arg("--data")
        .arg(data)
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut told = String::new();
    let mut lines = BufReader::new(program.stdout.take().expect("its output"));
    while !told.contains("Ctrl-C stops everything") {
        let length = lines.read_line(&mut told).expect("a line");
        assert!(length > 0, "it ended:\n{told}");
    }
    program.stdout = Some(lines.into_inner());
    Demo { program, told }
}

impl Demo {
    fn end(mut self, signal: Signal) -> (Option<i32>, String) {
        kill(Pid::from_raw(i32::try_from(self.program.id()).expect("an id")), signal).expect("it runs");
        let status = self.program.wait().expect("it ends");
        let mut rest = String::new();
        self.program.stdout.take().expect("its output").read_to_string(&mut rest).expect("text");
        (status.code(), rest)
    }
}

fn postgres_is_gone(data: &Path) -> bool {
    let until = Instant::now() + Duration::from_secs(20);
    while data.join("postgres/postmaster.pid").exists() && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(50));
    }
    !data.join("postgres/postmaster.pid").exists()
}

#[test]
fn it_starts_stops_and_keeps_its_history() {
    let folder = tempfile::tempdir().expect("a folder");
    // The user postgres must be able to walk through.
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o711)).expect("permissions");
    let data = folder.path().join("demo");
    let ports = (free_port(), free_port());

    let first = start(&data, ports);
    assert!(first.told.contains("scans replayed") && first.told.contains("Birgit Nørgaard"), "{}", first.told);
    let state = fs::read_to_string(data.join("demo.json")).expect("a state");
    let (code, rest) = first.end(Signal::SIGINT);
    assert_eq!(code, Some(0), "{rest}");
    assert!(rest.contains("Stopped.") && postgres_is_gone(&data), "{rest}");

    let second = start(&data, ports);
    assert!(!second.told.contains("Making"), "the history is there: {}", second.told);
    assert_eq!(fs::read_to_string(data.join("demo.json")).expect("a state"), state, "ports and story stay");
    let refused = Command::new(env!("CARGO_BIN_EXE_bevis-demo")).arg("--data").arg(&data).output().expect("it runs");
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).starts_with("Another demo is running"));
    second.end(Signal::SIGKILL);

    let third = start(&data, ports);
    let (code, rest) = third.end(Signal::SIGTERM);
    assert_eq!(code, Some(0), "{rest}");
    assert!(postgres_is_gone(&data));
}

#[test]
fn a_port_in_use_is_told_with_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let told = Command::new(env!("CARGO_BIN_EXE_bevis-demo"))
        .args(["--port", &port, "--data"])
        .arg(folder.path())
        .output()
        .expect("it runs");
    assert_eq!(told.status.code(), Some(1));
    let sentence = String::from_utf8_lossy(&told.stderr);
    assert!(sentence.contains(&port) && sentence.contains("make demo PORT="), "{sentence}");
}
