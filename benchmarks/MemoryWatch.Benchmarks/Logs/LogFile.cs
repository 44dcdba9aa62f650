using System.Globalization;
using System.Text;

namespace MemoryWatch.Benchmarks.Logs;

/// <summary>The logs that are read: of one run of a healthy service, with a download every five seconds and a snapshot every five minutes.</summary>
internal static class LogFile
{
    private static readonly DateTime Begin = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Writes a log of text.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">Its size, at least.</param>
    /// <param name="others">Number of lines of other parts of the program for each line of this library.</param>
    public static void WriteText(string path, long bytes, int others) => Write(path, bytes, (writer, time, number) =>
    {
        var stamp = time.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
        for (var i = 0; i < 2 * others; i++)
            writer.Write(Text($"{stamp} INF HTTP GET /api/items/{number * 7919 % 100_000} responded 200 in 12.{number % 9999:0000} ms from 10.0.{number % 255}.7 agent Mozilla/5.0\n"));
        foreach (var message in Messages(number))
            writer.Write(Text($"{stamp} INF {message}\n"));
    });

    /// <summary>Writes a log of JSON lines, as Serilog's formatter does, each with its values.</summary>
    /// <inheritdoc cref="WriteText"/>
    public static void WriteJson(string path, long bytes) => Write(path, bytes, (writer, time, number) =>
    {
        foreach (var message in Messages(number))
        {
            var text = message.Replace("\n", "\\n", StringComparison.Ordinal);
            writer.Write(Text(
                $"{{\"Timestamp\":\"{time:O}\",\"Level\":\"Information\",\"MessageTemplate\":\"{{details}}\",\"Properties\":{{\"details\":\"{text}\",\"operation\":\"Download\",\"operation_id\":{number},\"resident_bytes\":157286400,\"EventId\":{{\"Id\":11}},\"SourceContext\":\"MemoryWatch\"}}}}\n"));
        }
    });

    private static void Write(string path, long bytes, Action<StreamWriter, DateTime, int> turn)
    {
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 20);
        file.Write(Text($"{Begin:yyyy-MM-dd HH:mm:ss.fff} INF Memory watch started | Limit: 512 MB (from the Limit setting)\n"));
        for (var number = 0; file.BaseStream.Position < bytes; number++)
            turn(file, Begin.AddSeconds(5.0 * number), number);
    }

    private static IEnumerable<string> Messages(int number)
    {
        // Garbage rises and falls, and nothing stays.
        var megabytes = 150 + (number * 7 % 50);
        yield return Text($"Download Started | User {number % 1000} | File size: 2.0 MB | Memory: {megabytes}.0 MB");
        yield return Text($"Download Completed | User {number % 1000} | File size: 2.0 MB | Memory: {megabytes + 1}.0 MB (+1.0 MB, allocated 2.2 MB, 2.0 s)");
        if (number % 60 == 0)
        {
            yield return Text(
                $"📊 MEMORY SNAPSHOT | Operation: Periodic Check\n├─ RAM Usage: {megabytes}.0 MB (Virtual: 51865.5 MB)\n├─ System: {megabytes / 5.12:0.0}% used ({512 - megabytes}.0 MB available)\n└─ Sessions: 3 | Queue: 0 | Active DLs: 1");
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
