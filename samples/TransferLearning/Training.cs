namespace NetGen.Samples;

/// <summary>How all networks of this sample are trained, and what they get right.</summary>
internal static class Training
{
    /// <summary>Trains a network with Adam, whose rate goes down to 0 along a cosine.</summary>
    /// <param name="model">The network.</param>
    /// <param name="train">The images that it learns from.</param>
    /// <param name="validation">The images that tell how it goes, epoch by epoch, if any.</param>
    /// <param name="epochs">How often each image is shown.</param>
    /// <param name="batchSize">Images of a step.</param>
    /// <param name="rate">The learning rate at its highest.</param>
    /// <param name="options">The sample's settings.</param>
    /// <param name="cancel">Ends training.</param>
    /// <param name="callbacks">What else is told of the progress.</param>
    public static History Fit<T>(
        T model, Dataset train, Dataset? validation, int epochs, int batchSize, double rate, SampleOptions options, CancellationToken cancel, params IReadOnlyList<Callback> callbacks)
        where T : Network<T>, INetwork<T>
    {
        int steps = epochs * ((train.Count + batchSize - 1) / batchSize);
        Trainer<T> trainer = NewTrainer(model, options, new Adam(new CosineDecay(rate, steps)), [new TerminateOnNaN(), .. callbacks]);
        History history = trainer.Fit(train, epochs, batchSize, validation, cancellationToken: cancel);
        SampleCommand.RequireFinite(history["loss"][^1], options);
        return history;
    }

    /// <summary>The share of images that a network gets right.</summary>
    public static double Accuracy<T>(T model, Dataset images, SampleOptions options, CancellationToken cancel)
        where T : Network<T>, INetwork<T> => NewTrainer(model, options, new Adam(), []).Evaluate(images, cancellationToken: cancel)["accuracy"];

    private static Trainer<T> NewTrainer<T>(T model, SampleOptions options, Optimizer optimizer, IReadOnlyList<Callback> callbacks)
        where T : Network<T>, INetwork<T> => new(model)
        {
            Optimizer = optimizer,
            Loss = Loss.SparseCategoricalCrossentropy(),
            Metrics = [Metric.Accuracy()],
            Callbacks = callbacks,
            Seed = options.Seed,
            Threads = options.Threads,
        };
}
