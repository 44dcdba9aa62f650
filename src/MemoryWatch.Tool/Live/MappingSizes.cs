using System.Buffers.Text;
using System.Text;
using MemoryWatch.Read;

namespace MemoryWatch.Tool.Live;

/// <summary>Sums the resident memory of the mappings in a <c>smaps</c> file by name. The text comes in pieces of any length. Pure.</summary>
internal sealed class MappingSizes
{
    public const string Anonymous = "[anon]";
    public const string Rest = "[others]";

    // Programs have some hundred; what only looks like such a file may have any number.
    private const int MostNames = 1000;
    private const int LongestLine = 4600;
    private const int FieldsBeforeName = 5;

    private readonly Dictionary<string, long> _bytes = new(StringComparer.Ordinal);
    private readonly LineCutter _lines;
    private string? _name;

    public MappingSizes() => _lines = new(LongestLine, Take);

    /// <summary>Resident bytes by name.</summary>
    public IReadOnlyDictionary<string, long> Bytes => _bytes;

    public void Add(ReadOnlySpan<byte> piece) => _lines.Add(piece);

    private void Take(ReadOnlySpan<byte> line)
    {
        if (IsHeader(line))
        {
            _name = NameOf(line);
        }
        else if (_name is not null && line.StartsWith("Rss:"u8) && KernelText.Kilobytes([.. line, (byte)'\n'], "Rss"u8) is { } bytes)
        {
            var name = _bytes.ContainsKey(_name) || _bytes.Count < MostNames ? _name : Rest;
            _bytes[name] = _bytes.GetValueOrDefault(name) is var before && before > long.MaxValue - bytes ? long.MaxValue : before + bytes;
        }
    }

    /// <summary>Whether a line begins a mapping: <c>7f12a000-7f12b000 rw-p 00000000 00:00 0 [heap]</c>.</summary>
    private static bool IsHeader(ReadOnlySpan<byte> line) =>
        Utf8Parser.TryParse(line, out ulong _, out var used, 'x') && used < line.Length && line[used] == '-';

    private static string NameOf(ReadOnlySpan<byte> line)
    {
        for (var i = 0; i < FieldsBeforeName; i++)
        {
            var space = line.IndexOf((byte)' ');
            line = space < 0 ? default : line[space..].TrimStart((byte)' ');
        }

        return line.IsEmpty ? Anonymous : SafeText.Context(Encoding.UTF8.GetString(line));
    }
}
