using NetGen;
using NetGen.Samples;

const int Shown = 6;

return new SampleCommand
{
    Description = "Trains a network to tell whether a sentence is in favour, on made-up sentences or on ones about films.",
    DataHelp = "Sentences about films (rt-polarity.pos and rt-polarity.neg); made-up ones where it is left out.",
    Defaults = new SampleOptions(Epochs: 10, BatchSize: 32, LearningRate: 2e-3),
}.Run(args, (options, cancel) =>
{
    LabelledTexts texts = LabelledTexts.Read(options.Data);
    if (options.Data is null) Classify(new Listener(options.Seed), Listener.Words, (model, x, y) => model.Predict(x, y, samples: 1), texts, options, cancel);
    else Classify(new Critic(options.Seed), Critic.Words, (model, x, y) => model.Predict(x, y, samples: 1), texts, options, cancel);
});

static void Classify<T>(T model, int most, Predict<T> predict, LabelledTexts texts, SampleOptions options, CancellationToken cancel)
    where T : Network<T>, INetwork<T>
{
    (LabelledTexts train, LabelledTexts validation, LabelledTexts test) = texts.Split(options.Seed);
    Vocabulary words = Vocabulary.FromWords(train.Texts, most, TextStandardization.Lower, leastCount: 2);
    Console.WriteLine(model.SummaryText);
    Console.WriteLine($"{train.Texts.Length} sentences to train on, {validation.Texts.Length} to stop by, {test.Texts.Length} to test with; {words.Count} words.\n");
    Trainer<T> trainer = new(model)
    {
        Optimizer = new Adam(options.LearningRate) { GlobalClipNorm = 1 },
        Loss = Loss.BinaryCrossentropy(),
        Metrics = [Metric.Accuracy()],
        Callbacks = [new ProgressBar(), new TerminateOnNaN(), new EarlyStopping(patience: 3, restoreBestWeights: true)],
        Seed = options.Seed,
        Threads = options.Threads,
    };
    History history = trainer.Fit(train.Encode(words).BucketByLength(), options.Epochs, options.BatchSize, validation.Encode(words), cancellationToken: cancel);
    SampleCommand.RequireFinite(history["loss"][^1], options);
    Logs scores = trainer.Evaluate(test.Encode(words), cancellationToken: cancel);
    SampleCommand.RequireFinite(scores["loss"], options);
    Console.WriteLine($"\nOn the sentences it has not seen: {scores}");

    float[] tokens = [.. words.Encode(test.Texts[0])];
    (string file, _) = SavedNetwork.Check(model, predict, tokens, outputs: 1, vocabularies: new Dictionary<string, Vocabulary> { ["words"] = words });
    Show(Network<T>.Load(file), Vocabulary.Load(file, "words"), predict, test);
    Console.WriteLine($"result: accuracy={scores["accuracy"]:f4} epochs={history.Epochs.Count}");
}

static void Show<T>(T model, Vocabulary words, Predict<T> predict, LabelledTexts test)
{
    Console.WriteLine("How likely each is in favour, after the network from the file:");
    float[] probability = new float[1];
    foreach (string text in test.Texts.Take(Shown))
    {
        float[] tokens = [.. words.Encode(text)];
        predict(model, tokens, probability);
        Console.WriteLine($"  {probability[0]:p0}  {text}");
    }
}
