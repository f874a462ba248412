using NetGen;
using NetGen.Samples;

const int BeamWidth = 4, Shown = 5;

return new SampleCommand
{
    Description = "Trains a network that reads a text and writes another one: the results of sums, or English for Spanish.",
    DataHelp = "EuTrans (training.es, training.en, dev.es and so on), to translate; sums where it is left out.",
    Defaults = new SampleOptions(Epochs: 14, BatchSize: 128, LearningRate: 6e-3),
    DataDefaults = new SampleOptions(Epochs: 25, BatchSize: 64, LearningRate: 5e-3),
    Examples = ["--data eutrans-es-en", "--data eutrans-es-en --epochs 5"],
}.Run(args, (options, cancel) =>
{
    if (options.Data is { } folder) Translate(folder, options, cancel);
    else Add(options, cancel);
});

static void Add(SampleOptions options, CancellationToken cancel)
{
    (TextPairs train, TextPairs test) = WrittenSums.TrainAndTest(seed: 1);
    Vocabulary source = Vocabulary.FromCharacters(train.Sources, Adder.SourceTokens);
    Vocabulary target = Vocabulary.FromCharacters(train.Targets, Adder.TargetTokens, startAndEnd: true);
    TextModel<Adder> model = new(new Adder(options.Seed), source, target, (network, x, y, counts, decode, lengths) => network.Decode(x, y, counts, decode, lengths));
    string[] written = Learn(model, train, validation: null, test, beamWidth: 1, options, cancel);
    Console.WriteLine($"result: exact={written.Zip(test.Targets).Count(pair => pair.First == pair.Second) / (double)test.Count:f4} epochs={options.Epochs}");
}

static void Translate(string folder, SampleOptions options, CancellationToken cancel)
{
    (TextPairs train, TextPairs validation, TextPairs test) = EuTrans.Read(folder);

    // Marks are words here, and names have capitals: texts are taken as they are.
    Vocabulary source = Vocabulary.FromWords(train.Sources, Translator.SourceTokens, TextStandardization.None);
    Vocabulary target = Vocabulary.FromWords(train.Targets, Translator.TargetTokens, TextStandardization.None, startAndEnd: true);
    TextModel<Translator> model = new(new Translator(options.Seed), source, target, (network, x, y, counts, decode, lengths) => network.Decode(x, y, counts, decode, lengths));
    string[] written = Learn(model, train, validation, test, BeamWidth, options, cancel);
    Console.WriteLine($"result: bleu={Bleu.Of(written, test.Targets):f2} epochs={options.Epochs}");
}

static string[] Learn<T>(TextModel<T> model, TextPairs train, TextPairs? validation, TextPairs test, int beamWidth, SampleOptions options, CancellationToken cancel)
    where T : Network<T>, INetwork<T>
{
    Console.WriteLine(model.Network.SummaryText);
    Console.WriteLine($"{train.Count} pairs of texts to train on, {test.Count} to test.\n");
    int steps = options.Epochs * ((train.Count + options.BatchSize - 1) / options.BatchSize), warmup = steps / 20;
    Trainer<T> trainer = new(model.Network)
    {
        Optimizer = new Adam(new CosineDecay(0, steps - warmup, warmupTarget: options.LearningRate, warmupSteps: warmup)) { GlobalClipNorm = 1 },
        Loss = Loss.SparseCategoricalCrossentropy(),
        Metrics = [Metric.Accuracy()],
        Callbacks = [new ProgressBar(), new TerminateOnNaN()],
        Seed = options.Seed,
        Threads = options.Threads,
    };
    Dataset? check = validation is null ? null : model.Prepare(validation);
    History history = trainer.Fit(model.Prepare(train).BucketByLength(), options.Epochs, options.BatchSize, check, cancellationToken: cancel);
    SampleCommand.RequireFinite(history["loss"][^1], options);

    string[] written = model.Write(test.Sources, beamWidth, cancel);
    for (int i = 0; i < Math.Min(test.Count, Shown); i++) Console.WriteLine($"\n{test.Sources[i]}\n  right:   {test.Targets[i]}\n  written: {written[i]}");
    (string file, string again) = model.Check(test.Sources[0], beamWidth);
    Console.WriteLine($"\nThe network from {file} writes: {again}");
    return written;
}
