using System.Globalization;

namespace DownloaderBot;

internal static class ListenAddress
{
    private const int DefaultPort = 8080;

    /// <summary>All interfaces where a platform gives the port, this machine alone elsewhere; <c>--urls</c> overrides.</summary>
    public static string Choose(IConfiguration configuration)
    {
        if (configuration["PORT"] is { Length: > 0 } text)
        {
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
                ? $"http://0.0.0.0:{port}"
                : throw new InvalidOperationException($"PORT is '{text}'; it must be a number from 1 to 65535.");
        }

        return configuration[WebHostDefaults.ServerUrlsKey] ?? $"http://localhost:{DefaultPort}";
    }
}
