using System.Threading.Channels;
using MemoryWatch;
using Worker;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddSingleton(Channel.CreateBounded<Job>(20));
builder.Services.AddSingleton<ResultCache>();
builder.Services.AddHostedService<Producer>();
builder.Services.AddHostedService<Consumer>();
builder.Services.AddMemoryWatch(options => options.SetBudget("Job", allocated: "5MB"))
    .AddBlackBox()
    .AddMetric<Channel<Job>>("Queue", jobs => jobs.Reader.Count, metric => metric.Maximum = 15)
    .AddMetric<ResultCache>("Results", cache => cache.Count)
    .AddRelief<ResultCache>();

builder.Build().Run();
