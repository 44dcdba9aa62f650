using System.Globalization;

namespace MemoryWatch.BlackBox.Record;

/// <summary>The names of the files around a black box: for <c>memory.blackbox</c> those that begin with <c>memory.</c></summary>
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

    /// <summary>The black box itself, a full path.</summary>
    public string Path { get; }

    public string Folder { get; }

    /// <summary>Held while files are moved, so that two processes do not do so at once.</summary>
    public string Lock => Path + ".lock";

    /// <summary>What a new file is called until it is complete.</summary>
    public string Unfinished => Path + ".new";

    /// <param name="number">1 for the last run, 2 for the one before it.</param>
    public string Previous(int number) => InFolder(PreviousWord, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Where a process writes whose path is another's already.</summary>
    /// <param name="processId">The process.</param>
    /// <param name="number">1, or more for a second black box in one process.</param>
    public string OfProcess(int processId, int number) => InFolder(
        ProcessWord, number == 1 ? $"{processId}" : $"{processId}-{number}");

    /// <summary>All files that processes wrote because this path was another's.</summary>
    public IEnumerable<string> OfProcesses() => Numbered(ProcessWord);

    /// <summary>All files that are kept of earlier runs, by whatever setting.</summary>
    public IEnumerable<string> AllPrevious() => Numbered(PreviousWord);

    private string InFolder(string word, string number) => System.IO.Path.Combine(Folder, _stem + word + number + _extension);

    private IEnumerable<string> Numbered(string word) => Directory.EnumerateFiles(Folder, _stem + word + "*" + _extension)
        .Where(file => System.IO.Path.GetFileName(file) is var name
            && name.Length > _stem.Length + word.Length + _extension.Length
            && name[(_stem.Length + word.Length)..^_extension.Length].All(c => char.IsAsciiDigit(c) || c == '-'));
}
