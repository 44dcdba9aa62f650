using System.Numerics;

namespace MemoryWatch.Track;

/// <summary>
/// One mark for each slot. Any thread sets marks, and the watch thread takes them, so that it looks only at slots where something has happened. Takes
/// one bit for each slot; existing marks never move.
/// </summary>
internal sealed class SlotMarks
{
    private const int BitsOfWord = 6;
    private const int BitsOfChunk = 12;
    private const int WordsOfChunk = 1 << (BitsOfChunk - BitsOfWord);

    private ulong[][] _chunks = [];

    /// <summary>Makes room for this many slots. Callers take turns.</summary>
    public void Reserve(int slots)
    {
        var needed = (slots + (1 << BitsOfChunk) - 1) >> BitsOfChunk;
        if (needed > _chunks.Length)
        {
            Volatile.Write(ref _chunks, [.. _chunks, .. Enumerable.Range(0, needed - _chunks.Length).Select(static _ => new ulong[WordsOfChunk])]);
        }
    }

    public void Set(int slot) =>
        Interlocked.Or(ref Volatile.Read(ref _chunks)[slot >> BitsOfChunk][(slot >> BitsOfWord) & (WordsOfChunk - 1)], 1UL << slot);

    /// <summary>Adds the marked slots to the list and removes the marks.</summary>
    public void Take(List<int> slots)
    {
        var chunks = Volatile.Read(ref _chunks);
        for (var chunk = 0; chunk < chunks.Length; chunk++)
        {
            for (var word = 0; word < WordsOfChunk; word++)
            {
                if (Volatile.Read(ref chunks[chunk][word]) == 0)
                {
                    continue;
                }

                var first = (chunk << BitsOfChunk) | (word << BitsOfWord);
                for (var marks = Interlocked.Exchange(ref chunks[chunk][word], 0); marks != 0; marks &= marks - 1)
                {
                    slots.Add(first + BitOperations.TrailingZeroCount(marks));
                }
            }
        }
    }
}
