using System.Globalization;

namespace MemoryWatch.Testing;

/// <summary>The forms of text that records and messages share.</summary>
internal static class FakeText
{
    public static string Title(string name, OperationContext context) => context.Text is { Length: > 0 } text ? $"{name} ({text})" : name;

    public static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    public static string Bytes(double bytes) => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(bytes):#,0} B");

    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}
