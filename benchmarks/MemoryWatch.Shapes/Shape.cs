namespace MemoryWatch.Shapes;

/// <summary>A program in which one operation makes memory grow.</summary>
/// <param name="Number">Its number in the table.</param>
/// <param name="Description">How the operation allocates.</param>
/// <param name="Grow">Runs it. It returns when memory is at its top, and keeps what it allocated.</param>
/// <param name="IsRight">Whether a likely cause names who did it; it gets the text after <c>Likely cause: </c>.</param>
internal sealed record Shape(int Number, string Description, Func<Stage, Task> Grow, Func<string, bool> IsRight)
{
    /// <summary>Whether it needs a memory cgroup, because memory outside of the process cannot be seen otherwise.</summary>
    public bool NeedsGroup { get; init; }

    /// <summary>
    /// Whether no operation may be accused: none may be said to have allocated, computed or touched memory. Saying which were in flight, or waited,
    /// is allowed.
    /// </summary>
    public bool IsNobodys { get; init; }
}
