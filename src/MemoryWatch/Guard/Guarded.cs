namespace MemoryWatch.Guard;

/// <summary>A question to something that a user plugged in, behind the guard.</summary>
/// <param name="kind">What is asked, such as <c>Metric</c>.</param>
/// <param name="name">What it is called; safe to print.</param>
/// <param name="ask">The user's code.</param>
internal sealed class Guarded<T>(string kind, string name, Func<T> ask) : GuardedPlugin(kind, name)
{
    private T? _answer;

    /// <summary>What the last round brought; nothing where it brought no answer.</summary>
    public T? Answer => Answered ? _answer : default;

    protected override void Invoke() => _answer = ask();
}
