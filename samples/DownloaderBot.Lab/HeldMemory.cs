namespace DownloaderBot;

/// <summary>Memory that is actually resident, in place of what a real program would keep.</summary>
internal static class HeldMemory
{
    private const int PageBytes = 4096;

    /// <summary>
    /// Allocates blocks of one megabyte and writes to each page, because the system does not back an untouched page with memory.
    /// </summary>
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
