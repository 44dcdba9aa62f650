using System.Security.Cryptography;
using DownloaderBot.Local;

namespace DownloaderBot.Tests.Support;

/// <summary>What is in the files of the local platform's posts.</summary>
internal static class PostContent
{
    public static string Sha256(int length)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var left = length; left > 0; left -= LocalPost.Block.Length)
        {
            hash.AppendData(LocalPost.Block.AsSpan(0, Math.Min(left, LocalPost.Block.Length)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
