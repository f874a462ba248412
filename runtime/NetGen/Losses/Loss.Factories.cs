namespace NetGen;

public abstract partial class Loss
{
    /// <summary>Mean over the last axis of <c>(prediction - target)^2</c>.</summary>
    /// <param name="reduction">How the losses of the rows become one number.</param>
    /// <param name="name">The name in reports.</param>
    public static Loss MeanSquaredError(LossReduction reduction = LossReduction.SumOverBatchSize, string name = "mean_squared_error") =>
        new MeanSquaredErrorLoss(reduction, name);

    /// <summary>Mean over the last axis of <c>|prediction - target|</c>; its gradient at 0 is 0.</summary>
    /// <param name="reduction">How the losses of the rows become one number.</param>
    /// <param name="name">The name in reports.</param>
    public static Loss MeanAbsoluteError(LossReduction reduction = LossReduction.SumOverBatchSize, string name = "mean_absolute_error") =>
        new MeanAbsoluteErrorLoss(reduction, name);

    /// <summary>Mean over the last axis of <c>e^2 / 2</c> where <c>|e| &lt;= delta</c>, else <c>delta |e| - delta^2 / 2</c>, with
    /// <c>e = prediction - target</c> (Huber 1964).</summary>
    /// <param name="delta">Where the square turns into a line; above 0.</param>
    /// <param name="reduction">How the losses of the rows become one number.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delta"/> is not a finite number above 0.</exception>
    public static Loss Huber(double delta = 1, LossReduction reduction = LossReduction.SumOverBatchSize, string name = "huber_loss") =>
        new HuberLoss(delta, reduction, name);

    /// <summary>Mean over the axis of <c>-t log p - (1 - t) log(1 - p)</c>, with p clipped to [1e-7, 1 - 1e-7]. Fused with a final sigmoid it
    /// is <c>max(x, 0) - x t + log(1 + e^-|x|)</c> of the logits x, as with <paramref name="fromLogits"/>.</summary>
    /// <param name="fromLogits">Whether the predictions are logits, for a network without a final sigmoid.</param>
    /// <param name="labelSmoothing">s in [0, 1]: targets t become <c>t (1 - s) + s / 2</c>.</param>
    /// <param name="axis">The axis of the mean, counted with the batch axis; negative from the end.</param>
    /// <param name="reduction">How the losses of the rows become one number.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="labelSmoothing"/> is outside [0, 1], or the axis is 0.</exception>
    public static Loss BinaryCrossentropy(
        bool fromLogits = false,
        double labelSmoothing = 0,
        int axis = -1,
        LossReduction reduction = LossReduction.SumOverBatchSize,
        string name = "binary_crossentropy") =>
        AxisLoss.Along(axis, new BinaryCrossentropyLoss(fromLogits, labelSmoothing, reduction, name));

    /// <summary>Sum over the axis of <c>-t log p</c>, with p divided by its sum and clipped to [1e-7, 1 - 1e-7]; targets are probabilities (one-hot).
    /// Fused with a final softmax it is taken from the logits, as with <paramref name="fromLogits"/>.</summary>
    /// <param name="fromLogits">Whether the predictions are logits, for a network without a final softmax.</param>
    /// <param name="labelSmoothing">s in [0, 1]: targets t become <c>t (1 - s) + s / classes</c>.</param>
    /// <param name="axis">The axis of the classes, counted with the batch axis; negative from the end.</param>
    /// <param name="reduction">How the losses of the rows become one number.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="labelSmoothing"/> is outside [0, 1], or the axis is 0.</exception>
    public static Loss CategoricalCrossentropy(
        bool fromLogits = false,
        double labelSmoothing = 0,
        int axis = -1,
        LossReduction reduction = LossReduction.SumOverBatchSize,
        string name = "categorical_crossentropy") =>
        AxisLoss.Along(axis, new CategoricalCrossentropyLoss(fromLogits, labelSmoothing, reduction, name));

    /// <summary><see cref="CategoricalCrossentropy"/> for targets that are class indices, one per row.</summary>
    /// <param name="fromLogits">Whether the predictions are logits, for a network without a final softmax.</param>
    /// <param name="ignoreClass">A class whose rows are left out, also of the count; it need not be an index of the predictions.</param>
    /// <param name="reduction">How the losses of the rows become one number.</param>
    /// <param name="name">The name in reports.</param>
    public static Loss SparseCategoricalCrossentropy(
        bool fromLogits = false,
        int? ignoreClass = null,
        LossReduction reduction = LossReduction.SumOverBatchSize,
        string name = "sparse_categorical_crossentropy") =>
        new SparseCategoricalCrossentropyLoss(fromLogits, ignoreClass, reduction, name);

    /// <summary>Sum over the last axis of <c>t log(t / p)</c>, with t and p clipped to [1e-7, 1] (Kullback and Leibler 1951).</summary>
    /// <param name="reduction">How the losses of the rows become one number.</param>
    /// <param name="name">The name in reports.</param>
    public static Loss KLDivergence(LossReduction reduction = LossReduction.SumOverBatchSize, string name = "kl_divergence") =>
        new KLDivergenceLoss(reduction, name);
}
