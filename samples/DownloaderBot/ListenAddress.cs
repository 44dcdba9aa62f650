using System.Globalization;

namespace DownloaderBot;

internal static class ListenAddress
{
    private const int DefaultPort = 8080;

    /// <summary>
    /// Chooses the address. If a port is set, the bot listens on all interfaces: a platform sets <c>PORT</c>, a runtime image
    /// <c>ASPNETCORE_HTTP_PORTS</c>. <c>PORT</c> takes precedence because the image's value is only a default. Otherwise <c>--urls</c> or
    /// <c>ASPNETCORE_URLS</c> applies, or the loopback interface if nothing is set.
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

    /// <summary>Returns the address for a browser on this machine: nobody can open one that stands for all interfaces.</summary>
    /// <param name="url">An address that the web server listens on.</param>
    public static string OnThisMachine(string url) =>
        BindingAddress.Parse(url) is { Host: "0.0.0.0" or "[::]" or "*" or "+" } everywhere
            ? $"{everywhere.Scheme}://localhost:{everywhere.Port}"
            : url;

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
