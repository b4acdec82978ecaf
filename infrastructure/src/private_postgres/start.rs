//! The steps of a start, on the thread that PostgreSQL will live and die with.
use std::{
    os::unix::net::UnixStream,
    path::PathBuf,
    thread,
    time::{Duration, Instant},
};

use tokio::sync::{oneshot, watch};

use super::{
    Options, StartError,
    account::Account,
    binaries::Binaries,
    cluster,
    directory::{DataDirectory, SOCKET},
    lock::{Lock, Taken},
    orphan,
    postmaster::{PidFile, Recipe},
    supervisor::{Health, Stopper, Supervisor, stopper},
};

/// How long a command waits for the PostgreSQL of the server beside it.
const PATIENCE_WITH_OWNER: Duration = Duration::from_secs(60);

/// What came of a start.
pub enum Outcome {
    /// It runs, and is ours.
    Started { socket: PathBuf, log: PathBuf, stopper: Stopper, health: watch::Receiver<Health> },
    /// It runs, and is another's.
    Attached { socket: PathBuf, log: PathBuf },
}

type Answer = oneshot::Sender<Result<Outcome, StartError>>;

/// Starts, answers, and goes on to supervise.
pub fn on_a_lasting_thread(options: Options, may_attach: bool, answer: Answer) -> Result<(), StartError> {
    let thread = thread::Builder::new().name("private-postgres".into());
    let spawned = thread.spawn(move || run(options, may_attach, answer));
    spawned.map(drop).map_err(|source| StartError::Io { doing: "start a thread".into(), source })
}

fn run(options: Options, may_attach: bool, answer: Answer) {
    let directory = DataDirectory::open(&options.data_directory);
    match directory.and_then(|directory| own(&directory, may_attach).map(|lock| (directory, lock))) {
        Err(error) => drop(answer.send(Err(error))),
        Ok((directory, None)) => {
            drop(answer.send(Ok(Outcome::Attached { socket: directory.socket(), log: directory.log() })));
        }
        Ok((directory, Some(lock))) => lead(options, directory, lock, answer),
    }
}

/// The life of an owner. An answer that nobody waits for any more takes the stopper with it, which ends that life.
fn lead(options: Options, directory: DataDirectory, lock: Lock, answer: Answer) {
    let (socket, log) = (directory.socket(), directory.log());
    let (stopper, told) = stopper();
    let supervisor = prepare(options, directory).map(|recipe| Supervisor { recipe, lock, told });
    match supervisor.and_then(|supervisor| supervisor.first_start().map(|postmaster| (supervisor, postmaster))) {
        Err(error) => drop(answer.send(Err(error))),
        Ok((supervisor, postmaster)) => {
            let (sender, health) = watch::channel(Health::Up { pid: postmaster.pid() });
            drop(answer.send(Ok(Outcome::Started { socket, log, stopper, health })));
            supervisor.run(postmaster, &sender);
        }
    }
}

/// All that comes before PostgreSQL itself.
fn prepare(options: Options, directory: DataDirectory) -> Result<Recipe, StartError> {
    let cluster = directory.cluster();
    let account = Account::to_drop_to(&cluster)?;
    if let Some(account) = &account {
        account.reaches(directory.path())?;
    }
    let binaries = Binaries::choose(&options, &directory)?;
    if let Some(account) = &account {
        account.reaches(&binaries.directory)?;
    }
    orphan::stop(&cluster)?;
    directory.make_socket_directory(account.as_ref())?;
    directory.clear_socket()?;
    cluster::ensure(&directory, &binaries, account.as_ref(), options.durable)?;
    Ok(Recipe { directory, binaries, account, options })
}

/// The lock, or `None` once the owner's PostgreSQL is ready to be shared.
fn own(directory: &DataDirectory, may_attach: bool) -> Result<Option<Lock>, StartError> {
    let deadline = Instant::now() + PATIENCE_WITH_OWNER;
    loop {
        match Lock::take(&directory.lock())? {
            Taken::Ours(lock) => return Ok(Some(lock)),
            Taken::By(pid) if !may_attach => {
                return Err(StartError::SecondInstance { directory: directory.path().to_owned(), pid });
            }
            Taken::By(_) if takes_connections(directory) => return Ok(None),
            Taken::By(_) if Instant::now() > deadline => {
                return Err(StartError::OwnerNotReady(directory.path().to_owned()));
            }
            Taken::By(_) => thread::sleep(Duration::from_millis(50)),
        }
    }
}

/// Asked of the socket too, since the file of a killed PostgreSQL still says that it is ready.
fn takes_connections(directory: &DataDirectory) -> bool {
    PidFile::read(&directory.cluster()).is_some_and(|file| file.ready)
        && UnixStream::connect(directory.socket().join(SOCKET)).is_ok()
}
