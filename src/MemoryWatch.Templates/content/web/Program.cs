using System.Collections.Concurrent;
using MemoryWatch;

var builder = WebApplication.CreateBuilder(args);
var reports = new ConcurrentDictionary<int, byte[]>();

builder.Services.AddMemoryWatch()
    .AddBlackBox() // data/memory.blackbox: the next start says how this run ended
    .AddMetric("Reports", () => reports.Count, metric => metric.Maximum = 1000);
builder.Services.AddHealthChecks().AddMemoryWatch();

var app = builder.Build();
app.UseMemoryWatchRequests(); // each request is an operation, named by its route
app.MapMemoryWatch(); // the page: the log has its address and key
app.MapHealthChecks("/health");
app.MapGet("/reports/{id:int}", (int id) => reports.GetOrAdd(id, _ => new byte[100_000]).Length);
app.Run();
