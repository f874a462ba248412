using System.CommandLine;
using NetGen;
using NetGen.Samples;

Option<bool> bounded = new("--bounded") { Description = "End in a sigmoid over the range of the targets, in place of a linear unit." };

return new SampleCommand
{
    Description = "Trains a network to predict a number, on a made-up set or on a real one; a fifth of it is held out.",
    DataHelp = "California housing (housing.csv) or auto-mpg (mpg.csv); a made-up set where it is left out.",
    Defaults = new SampleOptions(Epochs: 40, BatchSize: 64, LearningRate: 2e-3),
    Options = [bounded],
}.Run(args, (options, cancel) =>
{
    Table table = Table.Read(options);
    ulong seed = options.Seed;
    bool isBounded = options.Get(bounded);
    switch (table.Data.Inputs[0].Size, isBounded)
    {
        case (Generated.InputSize, false): Fit(new Generated(seed), (model, x, y) => model.Predict(x, y), table, isBounded, options, cancel); break;
        case (Generated.InputSize, true): Fit(new BoundedGenerated(seed), (model, x, y) => model.Predict(x, y), table, isBounded, options, cancel); break;
        case (Cars.InputSize, false): Fit(new Cars(seed), (model, x, y) => model.Predict(x, y), table, isBounded, options, cancel); break;
        case (Cars.InputSize, true): Fit(new BoundedCars(seed), (model, x, y) => model.Predict(x, y), table, isBounded, options, cancel); break;
        case (Houses.InputSize, false): Fit(new Houses(seed), (model, x, y) => model.Predict(x, y), table, isBounded, options, cancel); break;
        case (Houses.InputSize, true): Fit(new BoundedHouses(seed), (model, x, y) => model.Predict(x, y), table, isBounded, options, cancel); break;
        case (int found, _): throw new InvalidDataException($"{table.Name} has {found} columns of input; {Cars.InputSize} or {Houses.InputSize} are expected.");
    }
});

static void Fit<T>(T model, Predict<T> predict, Table table, bool bounded, SampleOptions options, CancellationToken cancel)
    where T : Network<T>, INetwork<T>
{
    (Dataset train, Dataset test) = table.Data.Split(0.8);
    Standardizer inputs = Standardizer.Fit(train);
    TargetScale target = TargetScale.Fit(train, bounded);
    Console.WriteLine(model.SummaryText);
    Console.WriteLine($"{table.Name}: {train.Count} rows to train on, {test.Count} to test.\n");
    int steps = options.Epochs * ((train.Count + options.BatchSize - 1) / options.BatchSize);
    Trainer<T> trainer = new(model)
    {
        Optimizer = new AdamW(new CosineDecay(options.LearningRate, steps)),
        Loss = Loss.MeanAbsoluteError(),
        Callbacks = [new ProgressBar(), new TerminateOnNaN()],
        Seed = options.Seed,
        Threads = options.Threads,
    };
    History history = trainer.Fit(target.Apply(inputs.Apply(train)), options.Epochs, options.BatchSize, cancellationToken: cancel);
    SampleCommand.RequireFinite(history["loss"][^1], options);
    float[] expected = TargetScale.Targets(test);
    float[] found = Array.ConvertAll(trainer.Predict(inputs.Apply(test)), target.Invert);
    Scores scores = Scores.Of(expected, found);
    SampleCommand.RequireFinite(scores.MeanAbsoluteError, options);
    Console.WriteLine($"\nOn rows it has not seen it is off by {scores.MeanAbsoluteError:g5} {table.Unit} on average.");

    float[] row = new float[test.Inputs[0].Size];
    test.ReadInput(0, row);
    inputs.Transform(row, row);
    (string file, float[] output) = SavedNetwork.Check(model, predict, row, outputs: 1);
    Console.WriteLine($"The network from {file} says {target.Invert(output[0]):g6} {table.Unit} for the first of them; true is {expected[0]:g6}.");
    Console.WriteLine($"result: mae={scores.MeanAbsoluteError:g6} rmse={scores.RootMeanSquaredError:g6} r2={scores.R2:f4} epochs={options.Epochs}");
}
