using System.Globalization;
using System.Text;
using MemoryWatch.Read;

namespace MemoryWatch.Tool.Live;

/// <summary>Small files of <c>/proc</c>, opened for each reading. Reading never throws: what cannot be read is <see langword="null"/>.</summary>
internal static class ProcessFiles
{
    private const int LongestText = 4096;

    public static ProcessStat? ReadStat(LinuxSource source, long id) => ProcessStat.Parse(Read(source, Name(id), "stat"));

    /// <summary>The name of a process, safe to print.</summary>
    public static string? ReadName(LinuxSource source, long id)
    {
        var name = Encoding.UTF8.GetString(Read(source, Name(id), "comm")).TrimEnd('\n');
        return name.Length == 0 ? null : SafeText.Name(name);
    }

    /// <summary>The process that a thread belongs to: its own id if it is a process.</summary>
    public static long? ReadGroupLeader(LinuxSource source, long id) =>
        KernelText.Line(Read(source, Name(id), "status"), "Tgid"u8) is { IsEmpty: false } line
        && long.TryParse(Encoding.UTF8.GetString(line), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var leader)
            ? leader
            : null;

    public static ReadOnlySpan<byte> Read(LinuxSource source, string process, string file)
    {
        try
        {
            var path = Encoding.UTF8.GetBytes(source.Resolve($"/proc/{process}/{file}\0"));
            return source.Files.ReadOnce(path, new byte[LongestText]);
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            // There is no C library under the usual name.
            return default;
        }
    }

    private static string Name(long id) => id.ToString(CultureInfo.InvariantCulture);
}
