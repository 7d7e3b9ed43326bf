//! What a use case may answer instead of its result, mapped to HTTP in one place (`web`).

use std::convert::Infallible;
use std::error::Error;
use std::fmt;

/// Why an act was not done. `R` is the use case's own list of refusals, shown beside the field.
#[derive(Debug)]
pub enum Failure<R = Never> {
    /// The field's own rules say no, in words the person can act on.
    Refused(R),
    /// There is nothing there, or the viewer may not know that there is.
    NotFound,
    /// The viewer may see it but not do this.
    Forbidden,
    /// Somebody else changed it in between; nothing was overwritten.
    Conflict,
    /// Something broke; the person gets a reference to quote, the log gets the cause.
    Fault(Fault),
}

/// The refusal type of an act that has no refusals of its own.
pub type Never = Infallible;

/// An unexpected cause, kept opaque for the person and whole for the log.
#[derive(Debug)]
pub struct Fault {
    cause: Box<dyn Error + Send + Sync>,
    remedy: Remedy,
}

/// What can be done about a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Nothing that the person could do: the code has it wrong.
    Repair,
    /// Wait: trying again later may work.
    Wait,
    /// Somebody makes room: nothing can be written for now, though what is there can be read.
    MakeRoom,
}

impl Fault {
    /// Wraps a cause that somebody has to repair.
    pub fn new(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { cause: cause.into(), remedy: Remedy::Repair }
    }

    /// The same fault, with what can be done about it.
    #[must_use]
    pub fn with(self, remedy: Remedy) -> Self {
        Self { remedy, ..self }
    }

    /// What can be done about it.
    #[must_use]
    pub fn remedy(&self) -> Remedy {
        self.remedy
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.cause)?;
        let mut cause = self.cause.source();
        while let Some(deeper) = cause {
            write!(f, ": {deeper}")?;
            cause = deeper.source();
        }
        Ok(())
    }
}

impl<R> Failure<R> {
    /// A fault from any error.
    pub fn fault(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Fault(Fault::new(cause))
    }

    /// Carries a failure into a use case with other refusals.
    pub fn map_refusal<S>(self, with: impl FnOnce(R) -> S) -> Failure<S> {
        match self {
            Self::Refused(refusal) => Failure::Refused(with(refusal)),
            Self::NotFound => Failure::NotFound,
            Self::Forbidden => Failure::Forbidden,
            Self::Conflict => Failure::Conflict,
            Self::Fault(fault) => Failure::Fault(fault),
        }
    }
}

impl Failure<Never> {
    /// A failure without refusals fits every use case.
    #[must_use]
    pub fn widen<S>(self) -> Failure<S> {
        self.map_refusal(|never| match never {})
    }
}

impl<R: fmt::Debug> fmt::Display for Failure<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => write!(f, "refused: {refusal:?}"),
            Self::NotFound => f.write_str("not found"),
            Self::Forbidden => f.write_str("forbidden"),
            Self::Conflict => f.write_str("changed by somebody else"),
            Self::Fault(fault) => write!(f, "fault: {fault}"),
        }
    }
}

impl<R: fmt::Debug> Error for Failure<R> {}
