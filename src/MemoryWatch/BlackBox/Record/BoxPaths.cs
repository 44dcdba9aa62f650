using System.Globalization;
using System.Text;
using MemoryWatch.BlackBox.Format;
using MemoryWatch.Files;

namespace MemoryWatch.BlackBox.Record;

/// <summary>Names of the files that belong to a black box: for <c>memory.blackbox</c>, the names that start with <c>memory.</c></summary>
internal sealed class BoxPaths
{
    /// <summary>Maximum length of a file's name, in bytes of UTF-8, on the file systems that matter.</summary>
    private const int MostNameBytes = 255;

    /// <summary>Room for the longest part that is added to a name, such as <c>.process-4194304-99</c>.</summary>
    private const int MostAddedBytes = 24;

    private const string PreviousWord = ".previous-";
    private const string ProcessWord = ".process-";

    private readonly string _name;
    private readonly string _stem;
    private readonly string _extension;

    /// <param name="path">The configured path.</param>
    /// <param name="files">Performs the operations on the files; those of this machine by default.</param>
    public BoxPaths(string path, IFiles? files = null)
    {
        Files = files ?? DiskFiles.Instance;
        Configured = System.IO.Path.GetFullPath(path);
        Path = TargetOf(Files, Configured);
        Folder = System.IO.Path.GetDirectoryName(Path) ?? Path;
        _name = System.IO.Path.GetFileName(Path);
        if (Encoding.UTF8.GetByteCount(_name) + MostAddedBytes > MostNameBytes)
        {
            // The other names would be too long. A name is cut, and a checksum keeps two that begin alike apart.
            _name = _stem = Shorten(_name);
            _extension = string.Empty;
            return;
        }

        _extension = System.IO.Path.GetExtension(Path);
        _stem = System.IO.Path.GetFileNameWithoutExtension(Path);
    }

    /// <summary>The names that belong to the black box of which a file is one: itself, a kept one, or that of a second process.</summary>
    /// <param name="path">Path of that file.</param>
    public static BoxPaths OfAny(string path)
    {
        var (folder, name) = (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) ?? string.Empty, System.IO.Path.GetFileName(path));
        var stem = System.IO.Path.GetFileNameWithoutExtension(name);
        foreach (var word in (string[])[PreviousWord, ProcessWord])
        {
            var at = stem.LastIndexOf(word, StringComparison.Ordinal);
            if (at > 0 && stem[(at + word.Length)..].All(c => char.IsAsciiDigit(c) || c == '-'))
            {
                return new(System.IO.Path.Combine(folder, stem[..at] + System.IO.Path.GetExtension(name)));
            }
        }

        return new(path);
    }

    /// <summary>All files of the black box that there are.</summary>
    public IEnumerable<string> All() => new[] { Path }.Where(Files.IsRegular).Concat(OfProcesses()).Concat(AllPrevious());

    public IFiles Files { get; }

    /// <summary>Full path as it was configured.</summary>
    public string Configured { get; }

    /// <summary>Full path of the black box itself. If a symbolic link was configured, it is the path that the link leads to.</summary>
    public string Path { get; }

    public string Folder { get; }

    /// <summary>Path of the lock file. It is held while files are moved and created, so that only one process does so at a time.</summary>
    public string Lock => System.IO.Path.Combine(Folder, _name + ".lock");

    /// <summary>Path of a new file until it is complete.</summary>
    public string Unfinished => System.IO.Path.Combine(Folder, _name + ".new");

    /// <param name="number">1 for the last run, 2 for the one before it.</param>
    public string Previous(int number) => InFolder(PreviousWord, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Path for a process if another process already uses the configured path.</summary>
    /// <param name="processId">The process id.</param>
    /// <param name="number">1, or more for a second black box in one process.</param>
    public string OfProcess(int processId, int number) => InFolder(
        ProcessWord, number == 1 ? $"{processId}" : $"{processId}-{number}");

    /// <summary>All files that processes wrote because another process used the configured path.</summary>
    public IEnumerable<string> OfProcesses() => Numbered(ProcessWord);

    /// <summary>All kept files of earlier runs, whatever number of files was to be kept then.</summary>
    public IEnumerable<string> AllPrevious() => Numbered(PreviousWord);

    private string InFolder(string word, string number) => System.IO.Path.Combine(Folder, _stem + word + number + _extension);

    /// <summary>The files with a name of this kind. Only regular files: nothing else can be the library's.</summary>
    private IEnumerable<string> Numbered(string word) => Files.List(Folder)
        .Where(file => System.IO.Path.GetFileName(file) is var name
            && name.Length > _stem.Length + word.Length + _extension.Length
            && name.StartsWith(_stem + word, StringComparison.Ordinal) && name.EndsWith(_extension, StringComparison.Ordinal)
            && name[(_stem.Length + word.Length)..^_extension.Length].All(c => char.IsAsciiDigit(c) || c == '-')
            && Files.Obstacle(file) is null);

    private static string Shorten(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        var mark = $"~{Checksum.Of(bytes):x8}";
        var most = MostNameBytes - MostAddedBytes - mark.Length;

        // Not within a character: a byte that continues one begins with the bits 10.
        while (most > 0 && most < bytes.Length && (bytes[most] & 0xC0) == 0x80)
        {
            most--;
        }

        return Encoding.UTF8.GetString(bytes, 0, Math.Min(most, bytes.Length)) + mark;
    }

    /// <summary>Files are created where a link leads, so that the link stays in place.</summary>
    private static string TargetOf(IFiles files, string path)
    {
        try
        {
            return files.FinalTarget(path) ?? path;
        }
        catch (Exception)
        {
            // Not permitted, or links in a circle: opening the path will say why it cannot be used.
            return path;
        }
    }
}
