namespace MemoryWatch.Tests.Simulation.Faults;

/// <summary>The ways in which an operation on a file fails.</summary>
public enum FileFault
{
    /// <summary>It throws an <see cref="IOException"/>, or returns what means that there is no answer.</summary>
    Error,

    /// <summary>It throws an <see cref="UnauthorizedAccessException"/>.</summary>
    NotPermitted,

    /// <summary>Only the first half is read, or written before it fails.</summary>
    Cut,

    /// <summary>Nothing is read.</summary>
    Empty,

    /// <summary>Bytes that mean nothing are read.</summary>
    Junk,

    /// <summary>It succeeds, but takes a while.</summary>
    Slow,
}
