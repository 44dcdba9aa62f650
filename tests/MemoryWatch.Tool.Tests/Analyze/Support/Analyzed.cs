using System.Text;
using MemoryWatch.Tool.Analyze;

namespace MemoryWatch.Tool.Tests.Analyze.Support;

/// <summary>Texts as the analyzer understands them.</summary>
internal static class Analyzed
{
    public static LogReport Text(params string[] files) => Bytes([.. files.Select(Encoding.UTF8.GetBytes)]);

    public static LogReport Bytes(params byte[][] files)
    {
        var reader = new LogReader();
        foreach (var (file, index) in files.Select((file, index) => (file, index)))
        {
            using var input = LogInput.Open(new MemoryStream(file), $"log{index}");
            reader.Read(input, $"log{index}", null, CancellationToken.None);
        }

        return reader.Report();
    }

    /// <summary>The text with a prefix on each line.</summary>
    public static string Prefixed(string text, Func<string, string> prefix) =>
        string.Concat(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"{prefix(line)}\n"));
}
