using System.Text;
using MemoryWatch.Read;

namespace MemoryWatch.Tool.Machine;

/// <summary>Replaces names in the contents of the few files that have any. All others are numbers with the kernel's own names for them.</summary>
internal sealed class ContentReplacer(NameReplacer names)
{
    private const string NameOfProcess = "Name:\tprocess";

    /// <param name="recording">What was read.</param>
    /// <returns>The same with names replaced.</returns>
    public Recording Replace(Recording recording) =>
        recording with { Files = [.. recording.Files.Select(file => new RecordedFile(names.Path(file.Path), file.State, Replace(file.Path, file.Content)))] };

    private byte[] Replace(string path, byte[] content) => path[(path.LastIndexOf('/') + 1)..] switch
    {
        "cgroup" => Lines(content, Membership),
        "mountinfo" => Lines(content, Mount),
        "status" => Lines(content, Status),
        _ => content,
    };

    /// <summary>Replaces in each line. A last line without a line feed stays without one, because the readers take it as one that was cut off.</summary>
    private static byte[] Lines(byte[] content, Func<byte[], string?> replace)
    {
        var result = new StringBuilder();
        for (var start = 0; start < content.Length;)
        {
            var end = Array.IndexOf(content, (byte)'\n', start);
            var line = content[start..(end < 0 ? content.Length : end)];
            result.Append(end < 0 ? string.Empty : $"{replace(line) ?? "?"}\n");
            result.Append(end < 0 && line.Length > 0 ? "?" : string.Empty);
            start = end < 0 ? content.Length : end + 1;
        }

        return Encoding.UTF8.GetBytes(result.ToString());
    }

    /// <summary><c>4:memory:/docker/0123</c>; <see langword="null"/> for a line in another form.</summary>
    private string? Membership(byte[] line)
    {
        var parts = Encoding.UTF8.GetString(line).Split(':', 3);
        return parts.Length < 3 ? null : $"{Number(parts[0])}:{string.Join(',', parts[1].Split(',').Select(MountWord))}:{names.Path(parts[2])}";
    }

    /// <summary><c>35 31 0:32 /docker/0123 /sys/fs/cgroup/memory rw shared:16 - cgroup cgroup rw,memory</c>; <see langword="null"/> for another form.</summary>
    private string? Mount(byte[] line)
    {
        var fields = Encoding.UTF8.GetString(line).Split(' ');
        var separator = Array.IndexOf(fields, "-");
        if (separator < 6 || fields.Length < separator + 4)
        {
            return null;
        }

        string[] replaced =
        [
            .. fields[..3].Select(Number), Decoded(fields[3]), Decoded(fields[4]), Options(fields[5]), .. fields[6..separator].Select(Optional), "-",
            MountWord(fields[separator + 1]), Source(fields[separator + 2]), Options(fields[separator + 3]),
        ];
        return string.Join(' ', replaced);
    }

    private static string? Status(byte[] line)
    {
        var text = Encoding.UTF8.GetString(line);
        return text.StartsWith("Name:", StringComparison.Ordinal) ? NameOfProcess : text;
    }

    private string Decoded(string field) => names.Path(CgroupMount.Decode(Encoding.UTF8.GetBytes(field)));

    private string Source(string field) => field.StartsWith('/') ? Decoded(field) : MountWord(field);

    private string Options(string field) => string.Join(',', field.Split(',').Select(Option));

    /// <summary>An option with a value may have a path or a name in it.</summary>
    private string Option(string option)
    {
        var place = option.IndexOf('=', StringComparison.Ordinal);
        if (place <= 0 || KnownNames.MountWords.Contains(option))
        {
            return MountWord(option);
        }

        var (key, value) = (option[..place], option[(place + 1)..]);
        return KnownNames.SizeOptions.Contains(key) && value.TrimEnd('k', 'm', 'g').All(char.IsAsciiDigit)
            ? option
            : $"{MountWord(key)}={names.Whole(value)}";
    }

    private string Optional(string field) => field.IndexOf(':', StringComparison.Ordinal) is > 0 and var place
        ? $"{(field[..place] is "shared" or "master" or "propagate_from" ? field[..place] : names.Whole(field[..place]))}:{Number(field[(place + 1)..])}"
        : field == "unbindable" ? field : MountWord(field);

    private string MountWord(string word) => KnownNames.MountWords.Contains(word) ? word : names.Whole(word);

    private string Number(string text) => text.All(c => char.IsAsciiDigit(c) || c == ':') ? text : names.Whole(text);
}
