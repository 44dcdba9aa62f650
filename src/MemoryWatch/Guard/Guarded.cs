namespace MemoryWatch.Guard;

/// <summary>A guarded call to a user's plug-in that returns an answer.</summary>
/// <param name="kind">Kind of the plug-in, such as <c>Metric</c>.</param>
/// <param name="name">Name of the plug-in; safe to print.</param>
/// <param name="ask">The user's code.</param>
internal sealed class Guarded<T>(string kind, string name, Func<T> ask) : GuardedPlugin(kind, name)
{
    private T? _answer;

    /// <summary>The answer of the last round; the default value if there was none.</summary>
    public T? Answer => Answered ? _answer : default;

    protected override void Invoke() => _answer = ask();
}
