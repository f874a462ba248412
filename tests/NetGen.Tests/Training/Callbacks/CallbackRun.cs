namespace NetGen.Tests.Training.Callbacks;

/// <summary>Feeds a callback with results, without training.</summary>
internal static class CallbackRun
{
    /// <summary>A trainer beside whose callbacks one may report anything, as <see cref="Feed"/> does.</summary>
    public static Trainer<Tiny> NewTrainer(double learningRate = 0.1, params Metric[] metrics) =>
        new(new Tiny(seed: 1)) { Optimizer = new SGD(learningRate), Loss = Loss.SparseCategoricalCrossentropy(), Metrics = metrics, Callbacks = [new LambdaCallback()] };

    public static T Begin<T>(this T callback, Trainer trainer)
        where T : Callback
    {
        callback.Trainer = trainer;
        callback.Run = new FitInfo(0, 100, 32, 10, true);
        callback.OnTrainBegin();
        return callback;
    }

    /// <summary>The epochs of some results, until training is stopped; the number of them.</summary>
    public static int Feed(this Callback callback, string name, params double[] values)
    {
        for (int epoch = 0; epoch < values.Length; epoch++)
        {
            callback.OnEpochBegin(epoch);
            callback.OnEpochEnd(epoch, new Logs { ["loss"] = 0, [name] = values[epoch] });
            if (callback.Trainer.StopTraining) return epoch + 1;
        }

        return values.Length;
    }
}
