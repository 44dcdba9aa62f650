namespace MemoryWatch.Tool.Analyze;

/// <summary>Which limit the line of the start names.</summary>
internal static class LimitWords
{
    public static LimitSource SourceOf(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)')') is var close and >= 0 ? text[..close] : text;
        return end.IndexOf("Limit setting"u8) >= 0 ? LimitSource.Setting
            : end.IndexOf("memory.high"u8) >= 0 ? LimitSource.Throttling
            : end.IndexOf("container"u8) >= 0 ? LimitSource.Container
            : end.IndexOf("machine"u8) >= 0 ? LimitSource.Machine
            : LimitSource.None;
    }
}
