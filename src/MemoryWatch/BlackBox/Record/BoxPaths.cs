using System.Globalization;

namespace MemoryWatch.BlackBox.Record;

/// <summary>Names of the files that belong to a black box: for <c>memory.blackbox</c>, the names that start with <c>memory.</c></summary>
internal sealed class BoxPaths
{
    private const string PreviousWord = ".previous-";
    private const string ProcessWord = ".process-";

    private readonly string _stem;
    private readonly string _extension;

    public BoxPaths(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        Folder = System.IO.Path.GetDirectoryName(Path) ?? Path;
        _extension = System.IO.Path.GetExtension(Path);
        _stem = System.IO.Path.GetFileNameWithoutExtension(Path);
    }

    /// <summary>Full path of the black box itself.</summary>
    public string Path { get; }

    public string Folder { get; }

    /// <summary>Path of the lock file. It is held while files are moved and created, so that only one process does so at a time.</summary>
    public string Lock => Path + ".lock";

    /// <summary>Path of a new file until it is complete.</summary>
    public string Unfinished => Path + ".new";

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

    private IEnumerable<string> Numbered(string word) => Directory.EnumerateFiles(Folder, _stem + word + "*" + _extension)
        .Where(file => System.IO.Path.GetFileName(file) is var name
            && name.Length > _stem.Length + word.Length + _extension.Length
            && name[(_stem.Length + word.Length)..^_extension.Length].All(c => char.IsAsciiDigit(c) || c == '-'));
}
