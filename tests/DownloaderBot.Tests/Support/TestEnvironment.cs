using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace DownloaderBot.Tests.Support;

internal sealed class TestEnvironment(string contentRoot) : IHostEnvironment
{
    public string EnvironmentName { get; set; } = "Test";

    public string ApplicationName { get; set; } = "DownloaderBot";

    public string ContentRootPath { get; set; } = contentRoot;

    public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
}
