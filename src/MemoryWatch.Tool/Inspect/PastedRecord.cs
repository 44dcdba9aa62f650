using MemoryWatch.Tell;

namespace MemoryWatch.Tool.Inspect;

/// <summary>A compact line as it was found in a text.</summary>
/// <param name="State">How it is.</param>
/// <param name="Record">Its values; not verified unless it is intact.</param>
/// <param name="Keys">The keys of the values that could be read.</param>
/// <param name="Line">The line of the text in which it begins, from 1.</param>
/// <param name="IsBeginningMissing">Whether its beginning is not there.</param>
internal sealed record PastedRecord(
    CompactRecordState State, CompactRecord Record, IReadOnlyList<string> Keys, int Line, bool IsBeginningMissing = false)
{
    public bool IsIntact => State == CompactRecordState.Intact;

    public IEnumerable<string> MissingKeys => CompactRecordReader.Keys.Except(Keys);

    public bool Has(string key) => Keys.Contains(key);
}
