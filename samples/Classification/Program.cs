using NetGen;
using NetGen.Samples;

return new SampleCommand
{
    Description = "Trains a classifier of digits, on digits that the sample draws itself or on real ones.",
    DataHelp = "MNIST (train-images-idx3-ubyte.gz and so on, or train10k-...) or optdigits (optdigits.tra and .tes); drawn digits where it is left out.",
    Defaults = new SampleOptions(Epochs: 15, BatchSize: 64, LearningRate: 3e-3),
}.Run(args, (options, cancel) =>
{
    (Dataset train, Dataset test) = DigitData.Read(options);
    if (train.Inputs[0].Size == Digits.InputSize) Classify(new Digits(options.Seed), (model, x, y) => model.Predict(x, y), Shifts.Apply(train, options.Seed), test, options, cancel);
    else Classify(new SmallDigits(options.Seed), (model, x, y) => model.Predict(x, y), train, test, options, cancel);
});

static void Classify<T>(T model, Predict<T> predict, Dataset train, Dataset test, SampleOptions options, CancellationToken cancel)
    where T : Network<T>, INetwork<T>
{
    Console.WriteLine(model.SummaryText);
    Console.WriteLine($"{train.Count} digits to train on, {test.Count} to test.\n");
    int steps = options.Epochs * ((train.Count + options.BatchSize - 1) / options.BatchSize);
    Trainer<T> trainer = new(model)
    {
        Optimizer = new Adam(new CosineDecay(options.LearningRate, steps)),
        Loss = Loss.SparseCategoricalCrossentropy(),
        Metrics = [Metric.Accuracy()],
        Callbacks = [new ProgressBar(), new TerminateOnNaN()],
        Seed = options.Seed,
        Threads = options.Threads,
    };
    History history = trainer.Fit(train, options.Epochs, options.BatchSize, cancellationToken: cancel);
    SampleCommand.RequireFinite(history["loss"][^1], options);
    Logs scores = trainer.Evaluate(test, cancellationToken: cancel);
    SampleCommand.RequireFinite(scores["loss"], options);
    Console.WriteLine($"\nOn the digits it has not seen: {scores}");

    float[] image = new float[test.Inputs[0].Size];
    test.ReadInput(0, image);
    (string file, float[] probabilities) = SavedNetwork.Check(model, predict, image, outputs: 10);
    Console.WriteLine($"{DigitPicture.Of(image)}\nThe network from {file} says: {Array.IndexOf(probabilities, probabilities.Max())}, with a probability of {probabilities.Max():p1}.");
    Console.WriteLine($"result: accuracy={scores["accuracy"]:f4} epochs={options.Epochs}");
}
