using System.CommandLine;
using NetGen;
using NetGen.Samples;

Option<string> folder = new("--out") { Description = "Where the picture and the network go.", HelpName = "FOLDER", DefaultValueFactory = _ => AppContext.BaseDirectory };

return new SampleCommand
{
    Description = "Trains a network to forecast a series, one step ahead and free-running, and draws its forecast. The last part of the series is held out.",
    DataHelp = "Airline passengers (airline-passengers.csv) or sunspots (sunspots.csv); a made-up series where it is left out.",
    Defaults = new SampleOptions(Epochs: 60, BatchSize: 16, LearningRate: 3e-3),
    Options = [folder],
    Examples = ["--data airline-passengers --out pictures"],
}.Run(args, (options, cancel) =>
{
    string output = OutputFolder.Prepare(options.Get(folder));
    Series series = Series.Read(options);
    Dataset train = Windows.Cut(series);
    Forecaster model = new(options.Seed);
    int unknown = series.Values.Length - series.Known;
    Console.WriteLine(model.SummaryText);
    Console.WriteLine($"{series.Name}: {series.Known} values to train on, {unknown} to test with.\n");
    int steps = options.Epochs * ((train.Count + options.BatchSize - 1) / options.BatchSize);
    Trainer<Forecaster> trainer = new(model)
    {
        Optimizer = new Adam(new CosineDecay(options.LearningRate, steps)) { GlobalClipNorm = 1 },
        Loss = Loss.MeanAbsoluteError(),
        Callbacks = [new ProgressBar(), new TerminateOnNaN()],
        Seed = options.Seed,
        Threads = options.Threads,
    };
    History history = trainer.Fit(train, options.Epochs, options.BatchSize, cancellationToken: cancel);
    SampleCommand.RequireFinite(history["loss"][^1], options);

    float[] window = new float[train.InputLength(0) * SeasonalSteps.Size];
    train.ReadInput(0, window);
    (string file, _) = SavedNetwork.Check(model, (network, x, y) => network.Predict(x, y, samples: 1), window, train.InputLength(0), output);
    Forecast forecast = Forecast.Make(Forecaster.Load(file), series), naive = Forecast.Naive(series);
    (double oneStep, double freeRunning) = forecast.Errors(series);
    (double naiveOneStep, double naiveFreeRunning) = naive.Errors(series);
    SampleCommand.RequireFinite(freeRunning, options);
    string picture = Path.Combine(output, "forecast.png");
    ForecastPicture.Save(series, forecast, naive, picture);
    Console.WriteLine($"\nMean absolute error of the last {unknown} values, in {series.Unit}:");
    Console.WriteLine($"  one step ahead  {oneStep,8:g4}   the value of the season before  {naiveOneStep,8:g4}");
    Console.WriteLine($"  free-running    {freeRunning,8:g4}   the last known season, repeated {naiveFreeRunning,8:g4}");
    Console.WriteLine($"Network: {file}\nPicture: {picture}");
    Console.WriteLine($"result: mae={oneStep:g5} naive={naiveOneStep:g5} free_mae={freeRunning:g5} free_naive={naiveFreeRunning:g5} epochs={options.Epochs}");
});
