namespace MemoryWatch.Tool;

/// <summary>An input that cannot be used. The reason is a sentence for the user, and ends the command with <see cref="ExitCode.Unreadable"/>.</summary>
internal sealed class UnreadableException : Exception
{
    public UnreadableException(string reason)
        : base(reason)
    {
    }

    public UnreadableException(string reason, long line)
        : base($"{reason} (line {line})")
    {
        Line = line;
    }

    /// <summary>The line of the input that cannot be used, from 1; null if the reason is not one line.</summary>
    public long? Line { get; }
}
