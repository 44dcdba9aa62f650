namespace DownloaderBot.Local;

/// <summary>Memory that is really there, to stand in for what a real program would keep.</summary>
internal static class HeldMemory
{
    private const int PageBytes = 4096;

    /// <summary>Blocks of a megabyte, each page written to: an untouched page is promised, not given, and would not count.</summary>
    public static byte[][] Take(int megabytes)
    {
        var blocks = new byte[megabytes][];
        for (var i = 0; i < megabytes; i++)
        {
            blocks[i] = new byte[1 << 20];
            for (var page = 0; page < blocks[i].Length; page += PageBytes)
            {
                blocks[i][page] = 1;
            }
        }

        return blocks;
    }
}
