using System.CommandLine;
using NetGen;
using NetGen.Samples;

const int HeadEpochs = 20, TuningEpochs = 20, PerClass = 20, SmallBatch = 20;

Option<string?> weights = new("--weights")
{
    Description = "The weights of the base, or of a network that has it, as this sample saves them (base.safetensors); where it is left out, the base is trained on the digits from 0 to 4.",
    HelpName = "FILE",
};
Option<string> folder = new("--out") { Description = "Where the picture and the weights go.", HelpName = "FOLDER", DefaultValueFactory = _ => AppContext.BaseDirectory };

return new SampleCommand
{
    Description = "Learns the digits from 5 to 9 from twenty images each, with a small ResNet that has learnt those from 0 to 4, and with the same from scratch; and draws both learning curves.",
    DataHelp = "MNIST (train-images-idx3-ubyte.gz and so on, or train10k-...); drawn digits where it is left out.",
    Defaults = new SampleOptions(Epochs: 6, BatchSize: 64, LearningRate: 1e-2),
    Options = [weights, folder],
    Examples = ["--out pictures", "--weights pictures/base.safetensors", "--data mnist --epochs 3"],
}.Run(args, (options, cancel) =>
{
    string output = OutputFolder.Prepare(options.Get(folder));
    (Dataset train, Dataset test) = options.Data is { } data ? Mnist.Read(data, Folders.Recognise(data, Mnist.Whole, Mnist.Part)) : DrawnDigits.TrainAndTest();
    Dataset few = DigitTask.Of(train, first: 5, PerClass), held = DigitTask.Of(test, first: 5);

    FiveOtherDigits transfer = new(options.Seed);
    string file = options.CommandLine!.GetValue(weights) ?? Pretrain(train, test, output, options, cancel);
    transfer["base"].LoadWeights(file, ignoreUnexpected: true);
    Console.WriteLine(transfer.SummaryText);
    Console.WriteLine($"{few.Count} images of 5 to 9 to train on, {held.Count} to test.\n");

    // First the new head learns, on features that are computed once; then all of it. The rates were chosen by the loss on digits drawn with another seed than those held out here,
    // DrawnDigits.Draw(1000, seed: 3), as the mean of three start weights: for both sides the best of ten, of the head's 1e-2 and 3e-2 with 1e-3, 3e-3, 1e-2 and 3e-2 for all,
    // and 6e-2 with 3e-3 and 1e-2; from scratch, with as many steps, of 1e-3, 2e-3, 3e-3, 6e-3, 1e-2, 2e-2, 4e-2, 8e-2, 0.16 and 0.32.
    History head = Fit(transfer, few, held, HeadEpochs, 6e-2, options, cancel);
    transfer["base"].Trainable = true;
    History tuning = Fit(transfer, few, held, TuningEpochs, 3e-3, options, cancel);
    FiveDigits scratch = new(options.Seed);
    History alone = Fit(scratch, few, held, HeadEpochs + TuningEpochs, 8e-2, options, cancel);

    string picture = Path.Combine(output, "transfer-curves.png");
    TransferCurves.Save(Curve.Of(head, tuning), Curve.Of(alone), HeadEpochs, picture);
    Console.WriteLine($"With the frozen base {head["val_accuracy"][^1]:p1} are right, fine-tuned {tuning["val_accuracy"][^1]:p1}, and from scratch {alone["val_accuracy"][^1]:p1}.");
    Console.WriteLine($"The learning curves: {picture}");
    Console.WriteLine($"result: transfer={tuning["val_accuracy"][^1]:f3} scratch={alone["val_accuracy"][^1]:f3}");
});

static string Pretrain(Dataset train, Dataset test, string output, SampleOptions options, CancellationToken cancel)
{
    FiveDigits model = new(options.Seed);
    Dataset low = DigitTask.Of(train, first: 0);
    int steps = options.Epochs * ((low.Count + options.BatchSize - 1) / options.BatchSize);
    Trainer<FiveDigits> trainer = NewTrainer(model, new Adam(new CosineDecay(options.LearningRate, steps)), options, [new ProgressBar(), new TerminateOnNaN()]);
    History history = trainer.Fit(low, options.Epochs, options.BatchSize, cancellationToken: cancel);
    SampleCommand.RequireFinite(history["loss"][^1], options);
    Console.WriteLine($"Of the digits from 0 to 4 that it has not seen, the base and its head know {trainer.Evaluate(DigitTask.Of(test, first: 0), cancellationToken: cancel)["accuracy"]:p1}.\n");
    string file = Path.Combine(output, "base.safetensors");
    model["base"].SaveWeights(file);
    return file;
}

static History Fit<T>(T model, Dataset train, Dataset test, int epochs, double rate, SampleOptions options, CancellationToken cancel)
    where T : Network<T>, INetwork<T>
{
    int steps = epochs * ((train.Count + SmallBatch - 1) / SmallBatch);
    History history = NewTrainer(model, new Adam(new CosineDecay(rate, steps)), options, [new TerminateOnNaN()]).Fit(train, epochs, SmallBatch, test, cancellationToken: cancel);
    SampleCommand.RequireFinite(history["loss"][^1], options);
    return history;
}

static Trainer<T> NewTrainer<T>(T model, Optimizer optimizer, SampleOptions options, IReadOnlyList<Callback> callbacks)
    where T : Network<T>, INetwork<T> => new(model)
    {
        Optimizer = optimizer,
        Loss = Loss.SparseCategoricalCrossentropy(),
        Metrics = [Metric.Accuracy()],
        Callbacks = callbacks,
        Seed = options.Seed,
        Threads = options.Threads,
    };
