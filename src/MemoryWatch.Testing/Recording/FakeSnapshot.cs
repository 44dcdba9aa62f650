namespace MemoryWatch.Testing;

/// <summary>A call to <see cref="IMemoryWatch.Snapshot"/> that a <see cref="FakeMemoryWatch"/> has recorded.</summary>
/// <example>
/// <code>
/// watch.Snapshot("Upload Finished", "User 7");
/// Assert.Equal("Upload Finished", watch.Snapshots[0].Name);
/// </code>
/// </example>
public sealed class FakeSnapshot
{
    internal FakeSnapshot(string name, OperationContext context, DateTimeOffset time, FakeOperation? operation, MemorySnapshot result) =>
        (Name, Context, Time, Operation, Result) = (name, context, time, operation, result);

    /// <summary>The purpose of the snapshot, as it was given.</summary>
    public string Name { get; }

    /// <summary>The subject of the snapshot.</summary>
    public OperationContext Context { get; }

    /// <summary>Time of the call (UTC), by the watch's time provider.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>The operation that the calling flow worked for; <see langword="null"/> for none.</summary>
    public FakeOperation? Operation { get; }

    /// <summary>The snapshot that the caller received: <see cref="FakeMemoryWatch.Current"/> at that time.</summary>
    public MemorySnapshot Result { get; }

    /// <summary>Returns the name and the context, such as <c>Upload Finished (User 7)</c>.</summary>
    public override string ToString() => FakeText.Title(Name, Context);
}
