namespace MemoryWatch.Testing;

/// <summary>A call to <see cref="IMemoryWatch.ExpectCollected"/> that a <see cref="FakeMemoryWatch"/> has recorded.</summary>
/// <remarks>It keeps a weak reference, which does not keep the object alive.</remarks>
/// <example>
/// <code>
/// manager.Disconnect(user: 7);
/// Assert.Equal("UserSession", watch.ExpectedObjects[0].Name);
/// </code>
/// </example>
public sealed class FakeExpectedObject
{
    private readonly WeakReference<object> _target;

    internal FakeExpectedObject(object target, string name, OperationContext context, DateTimeOffset time) =>
        (_target, Name, Context, Time) = (new(target), name, context, time);

    /// <summary>The kind of object, as it was given.</summary>
    public string Name { get; }

    /// <summary>Which one it is.</summary>
    public OperationContext Context { get; }

    /// <summary>Time of the call (UTC), by the watch's time provider.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>The object; <see langword="null"/> if the GC has collected it. No GC is forced.</summary>
    public object? Target => _target.TryGetTarget(out var target) ? target : null;

    /// <summary>Returns the name and the context, such as <c>UserSession (User 7)</c>.</summary>
    public override string ToString() => FakeText.Title(Name, Context);
}
