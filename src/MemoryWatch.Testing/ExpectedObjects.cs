using System.Runtime.CompilerServices;

namespace MemoryWatch.Testing;

/// <summary>
/// The objects that a function of <see cref="MemoryAssert.Collected(Action{ExpectedObjects})"/> expects to be garbage when it has returned. It keeps
/// weak references, which do not keep the objects alive.
/// </summary>
/// <example>
/// <code>
/// MemoryAssert.Collected(expected =>
/// {
///     var session = manager.Connect(user: 7);
///     expected.Add(session);
///     expected.Add(session.Buffer, "the session's buffer");
///     manager.Disconnect(session);
/// });
/// </code>
/// </example>
public sealed class ExpectedObjects
{
    private readonly List<ExpectedObject> _objects = [];

    internal ExpectedObjects()
    {
    }

    internal int Count
    {
        get
        {
            lock (_objects)
            {
                return _objects.Count;
            }
        }
    }

    /// <summary>Expects an object to be collected. Thread-safe.</summary>
    /// <param name="target">The object. Not a constant string or a boxed value, which say nothing about your code.</param>
    /// <param name="name">The name in the message; by default the expression that you pass.</param>
    /// <exception cref="ArgumentNullException"><paramref name="target"/> is <see langword="null"/>.</exception>
    public void Add(object target, [CallerArgumentExpression(nameof(target))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        lock (_objects)
        {
            _objects.Add(new(new WeakReference(target), $"{name} ({target.GetType()})"));
        }
    }

    /// <summary>The names of the objects that are alive.</summary>
    internal IReadOnlyList<string> Alive()
    {
        lock (_objects)
        {
            return [.. _objects.Where(o => o.Reference.IsAlive).Select(o => o.Name)];
        }
    }

    private readonly record struct ExpectedObject(WeakReference Reference, string Name);
}
