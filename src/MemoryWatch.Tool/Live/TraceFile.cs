using System.Globalization;
using MemoryWatch.Judge;

namespace MemoryWatch.Tool.Live;

/// <summary>
/// Writes a series that <c>memorywatch judge</c> reads. Each row is flushed, so that it is there if the command or the machine ends. It has no column
/// of anything that rises with memory: the judge takes every other column as a load, which would explain the growth.
/// </summary>
internal sealed class TraceFile : IDisposable
{
    private const double Megabyte = 1024 * 1024;

    private readonly StreamWriter _writer;

    private TraceFile(StreamWriter writer) => _writer = writer;

    public static string[] Columns { get; } = [TraceReader.Time, "rss_mb"];

    /// <exception cref="UnreadableException">It exists, or cannot be written.</exception>
    public static TraceFile Create(string path, bool force)
    {
        try
        {
            var stream = new FileStream(path, force ? FileMode.Create : FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            var file = new TraceFile(new(stream) { AutoFlush = true, NewLine = "\n" });
            file._writer.WriteLine(string.Join(',', Columns));
            return file;
        }
        catch (IOException) when (!force && File.Exists(path))
        {
            throw new UnreadableException($"'{path}' exists; use --force to overwrite it");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UnreadableException($"'{path}' cannot be written: {error.Message}");
        }
    }

    public void Add(LiveReading reading) => _writer.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{reading.At.TotalSeconds:0.###},{reading.Snapshot.Process.ResidentBytes / Megabyte:0.###}"));

    public void Dispose() => _writer.Dispose();
}
