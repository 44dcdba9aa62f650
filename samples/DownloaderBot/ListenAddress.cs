using System.Globalization;

namespace DownloaderBot;

internal static class ListenAddress
{
    private const int DefaultPort = 8080;

    /// <summary>
    /// All interfaces where somebody gives the port: a platform by <c>PORT</c>, a runtime image by
    /// <c>ASPNETCORE_HTTP_PORTS</c>, of which <c>PORT</c> wins, as the image's is only a default. Else <c>--urls</c> or
    /// <c>ASPNETCORE_URLS</c>; and this machine alone where nothing is said.
    /// </summary>
    public static string Choose(IConfiguration configuration)
    {
        if (configuration.IsSet("PORT"))
        {
            return Everywhere(configuration["PORT"]!)
                ?? throw new InvalidOperationException($"PORT is '{configuration["PORT"]}'; it must be a number from 1 to 65535.");
        }

        if (configuration.IsSet(WebHostDefaults.ServerUrlsKey))
        {
            return configuration[WebHostDefaults.ServerUrlsKey]!;
        }

        return configuration.IsSet(WebHostDefaults.HttpPortsKey)
            ? OnPorts(configuration[WebHostDefaults.HttpPortsKey]!)
            : $"http://localhost:{DefaultPort}";
    }

    private static string OnPorts(string list)
    {
        var addresses = list.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Everywhere).ToList();
        return addresses.Count > 0 && !addresses.Contains(null)
            ? string.Join(';', addresses)
            : throw new InvalidOperationException(
                $"ASPNETCORE_HTTP_PORTS is '{list}'; it must be numbers from 1 to 65535, separated by semicolons.");
    }

    private static string? Everywhere(string port) =>
        int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 65536
            ? $"http://0.0.0.0:{number}"
            : null;
}
