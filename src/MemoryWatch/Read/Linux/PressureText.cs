using System.Buffers.Text;

namespace MemoryWatch.Read;

/// <summary>Parses percentages of a pressure file: <c>some avg10=1.53 avg60=0.87 avg300=0.22 total=4218</c>.</summary>
internal static class PressureText
{
    /// <summary>The average of the last 10 s in a line; <see langword="null"/> if there is none or it is not a percentage.</summary>
    public static double? Average10(ReadOnlySpan<byte> text, ReadOnlySpan<byte> line)
    {
        var values = KernelText.Line(text, line);
        return values.StartsWith("avg10="u8)
            && Utf8Parser.TryParse(values["avg10="u8.Length..], out double percent, out var used)
            && values["avg10="u8.Length..][used..] is [(byte)' ', ..]
            && percent is >= 0 and <= 100
                ? percent
                : null;
    }
}
