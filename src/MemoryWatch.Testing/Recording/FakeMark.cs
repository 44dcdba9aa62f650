namespace MemoryWatch.Testing;

/// <summary>A call to <see cref="IMemoryWatch.Mark"/> that a <see cref="FakeMemoryWatch"/> has recorded.</summary>
/// <example>
/// <code>
/// watch.Mark("Session Created", "User 7");
/// Assert.Equal("User 7", watch.Marks[0].Context.Text);
/// </code>
/// </example>
public sealed class FakeMark
{
    internal FakeMark(string name, OperationContext context, DateTimeOffset time, FakeOperation? operation) =>
        (Name, Context, Time, Operation) = (name, context, time, operation);

    /// <summary>The event, as it was given.</summary>
    public string Name { get; }

    /// <summary>The subject of the event.</summary>
    public OperationContext Context { get; }

    /// <summary>Time of the call (UTC), by the watch's time provider.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>The operation that the calling flow worked for; <see langword="null"/> for none.</summary>
    public FakeOperation? Operation { get; }

    /// <summary>Returns the name and the context, such as <c>Session Created (User 7)</c>.</summary>
    public override string ToString() => FakeText.Title(Name, Context);
}
