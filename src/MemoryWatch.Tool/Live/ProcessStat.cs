using MemoryWatch.Read;

namespace MemoryWatch.Tool.Live;

/// <summary>What <c>/proc/PID/stat</c> says of a process.</summary>
/// <param name="State">Its state, such as <c>R</c>; <c>Z</c> and <c>X</c> are those of a process that has ended.</param>
/// <param name="Parent">The id of the process that started it.</param>
/// <param name="ProcessorTicks">Processor time, in ticks.</param>
/// <param name="StartTicks">When it started, in ticks since the machine's start. The next process with its id has another one.</param>
internal readonly record struct ProcessStat(char State, long Parent, long ProcessorTicks, long StartTicks)
{
    /// <summary>Ticks of a second; the same on all platforms that .NET runs on.</summary>
    public const int TicksPerSecond = 100;

    // Positions after the name.
    private const int ParentField = 1;
    private const int UserField = 11;
    private const int KernelField = 12;
    private const int StartField = 19;

    public bool HasEnded => State is 'Z' or 'X' or 'x';

    /// <returns><see langword="null"/> if the text is not that of such a file.</returns>
    public static ProcessStat? Parse(ReadOnlySpan<byte> text)
    {
        var fields = KernelText.AfterName(text);
        return fields is [var state, (byte)' ', ..] && KernelText.Field(fields, ParentField) is { } parent
            && KernelText.Field(fields, UserField) is { } user && KernelText.Field(fields, KernelField) is { } kernel
            && KernelText.Field(fields, StartField) is { } start && user <= long.MaxValue - kernel
                ? new((char)state, parent, user + kernel, start)
                : null;
    }
}
