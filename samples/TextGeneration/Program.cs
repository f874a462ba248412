using NetGen;
using NetGen.Samples;

WritingOptions writing = new();

return new SampleCommand
{
    Description = "Trains a network to predict the next character of a text, and lets it write on. The last tenth of the text is held out.",
    DataHelp = "tinyshakespeare (input.txt); made-up tales where it is left out.",
    Defaults = new SampleOptions(Epochs: 12, BatchSize: 32, LearningRate: 4e-3),
    Options = writing.All,
    Examples = ["--learning-rate 0.01 --prompt \"the old dogs that\"", "--data tinyshakespeare --temperature 0.7 --top-k 20"],
}.Run(args, (options, cancel) =>
{
    Corpus corpus = Corpus.Read(options.Data);
    if (options.Data is null)
    {
        Storyteller model = new(options.Seed);
        Learn(model, Storyteller.Characters, (model, x, y) => model.Predict(x, y, samples: 1), (model, target, how) => model.Decode(target, how), corpus, writing, options, cancel);
    }
    else
    {
        Playwright model = new(options.Seed);
        Learn(model, Playwright.Characters, (model, x, y) => model.Predict(x, y, samples: 1), (model, target, how) => model.Decode(target, how), corpus, writing, options, cancel);
    }
});

static void Learn<T>(
    T model, int most, Predict<T> predict, Func<T, int[], DecodeOptions, int> write, Corpus corpus, WritingOptions writing, SampleOptions options, CancellationToken cancel)
    where T : Network<T>, INetwork<T>
{
    const int Length = 128, LongLength = 1024, Checked = 100;
    Vocabulary characters = Vocabulary.FromCharacters([corpus.Training], most);
    DecodeOptions how = writing.Read(options, characters);
    int[] written = new int[writing.Length(options)];
    int[] heldOut = characters.Encode(corpus.HeldOut);
    Dataset train = Corpus.Cut(characters.Encode(corpus.Training), Length);
    Console.WriteLine(model.SummaryText);
    Console.WriteLine($"{corpus.Name}: {corpus.Training.Length} characters to train on, {corpus.HeldOut.Length} to test with.\n");
    int steps = options.Epochs * ((train.Count + options.BatchSize - 1) / options.BatchSize);
    Trainer<T> trainer = new(model)
    {
        Optimizer = new Adam(new CosineDecay(options.LearningRate, steps)) { GlobalClipNorm = 1 },
        Loss = Loss.SparseCategoricalCrossentropy(),
        Metrics = [Metric.Accuracy()],
        Callbacks = [new ProgressBar(), new TerminateOnNaN()],
        Seed = options.Seed,
        Threads = options.Threads,
    };
    History history = trainer.Fit(train, options.Epochs, options.BatchSize, Corpus.Cut(heldOut, LongLength), cancellationToken: cancel);
    SampleCommand.RequireFinite(history["loss"][^1], options);
    double loss = history["val_loss"][^1];
    SampleCommand.RequireFinite(loss, options);

    float[] start = [.. heldOut.Take(Checked)];
    (string file, _) = SavedNetwork.Check(model, predict, start, Checked * most, vocabularies: new Dictionary<string, Vocabulary> { ["characters"] = characters });
    write(Network<T>.Load(file), written, how);
    Console.WriteLine($"\nThe network from {file} writes:\n\n{writing.Prompt(options)}{Vocabulary.Load(file, "characters").Decode(written)}\n");
    Console.WriteLine($"On the text it has not seen a character costs {loss:f3} nats or {loss / Math.Log(2):f3} bits, as if it were one of {Math.Exp(loss):f2} equally likely ones.");
    Console.WriteLine($"result: loss={loss:f4} epochs={options.Epochs}");
}
