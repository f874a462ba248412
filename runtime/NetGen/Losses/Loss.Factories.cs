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
    /// <param name="axis">The axis of the classes, counted with the batch axis; negative from the end. Targets have the other axes of the predictions.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentOutOfRangeException">The axis is 0.</exception>
    public static Loss SparseCategoricalCrossentropy(
        bool fromLogits = false,
        int? ignoreClass = null,
        LossReduction reduction = LossReduction.SumOverBatchSize,
        int axis = -1,
        string name = "sparse_categorical_crossentropy") =>
        AxisLoss.Along(axis, new SparseCategoricalCrossentropyLoss(fromLogits, ignoreClass, reduction, name));

    /// <summary>Sum over the last axis of <c>t log(t / p)</c>, with t and p clipped to [1e-7, 1] (Kullback and Leibler 1951).</summary>
    /// <param name="reduction">How the losses of the rows become one number.</param>
    /// <param name="name">The name in reports.</param>
    public static Loss KLDivergence(LossReduction reduction = LossReduction.SumOverBatchSize, string name = "kl_divergence") =>
        new KLDivergenceLoss(reduction, name);

    /// <summary>Mean over the last axis of <c>100 |prediction - target| / |target|</c>, with the divisor at least 1e-7.</summary>
    /// <param name="reduction">How the losses of the rows become one number.</param>
    /// <param name="name">The name in reports.</param>
    public static Loss MeanAbsolutePercentageError(
        LossReduction reduction = LossReduction.SumOverBatchSize, string name = "mean_absolute_percentage_error") =>
        new MeanAbsolutePercentageErrorLoss(reduction, name);

    /// <summary>Mean over the last axis of <c>(log(1 + prediction) - log(1 + target))^2</c>, both taken as at least 1e-7.</summary>
    /// <param name="reduction">How the losses of the rows become one number.</param>
    /// <param name="name">The name in reports.</param>
    public static Loss MeanSquaredLogarithmicError(
        LossReduction reduction = LossReduction.SumOverBatchSize, string name = "mean_squared_logarithmic_error") =>
        new MeanSquaredLogarithmicErrorLoss(reduction, name);

    /// <summary>Mean over the last axis of <c>log(cosh(prediction - target))</c>: about half the square of a small error, and the magnitude of a large one.</summary>
    /// <param name="reduction">How the losses of the rows become one number.</param>
    /// <param name="name">The name in reports.</param>
    public static Loss LogCosh(
        LossReduction reduction = LossReduction.SumOverBatchSize, string name = "log_cosh") =>
        new LogCoshLoss(reduction, name);

    /// <summary>Minus the cosine of the angle between prediction and target along the axis: -1 is the same direction, 0 orthogonal, 1 opposite. Norms are
    /// taken as at least 1e-7.</summary>
    /// <param name="axis">The axis of the vectors, counted with the batch axis; negative from the end.</param>
    /// <param name="reduction">How the losses of the rows become one number.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentOutOfRangeException">The axis is 0.</exception>
    public static Loss CosineSimilarity(
        int axis = -1, LossReduction reduction = LossReduction.SumOverBatchSize, string name = "cosine_similarity") =>
        AxisLoss.Along(axis, new CosineSimilarityLoss(reduction, name));

    /// <summary>Mean over the last axis of <c>p - t log(p + 1e-7)</c>: the negative log likelihood of counts t with the mean p, but for what does not depend on p.</summary>
    /// <param name="reduction">How the losses of the rows become one number.</param>
    /// <param name="name">The name in reports.</param>
    public static Loss Poisson(
        LossReduction reduction = LossReduction.SumOverBatchSize, string name = "poisson") =>
        new PoissonLoss(reduction, name);

    /// <summary>Mean over the last axis of <c>max(1 - t p, 0)</c>. Targets are -1 and 1; if all of a batch are 0 or 1, 0 stands for -1.</summary>
    /// <param name="reduction">How the losses of the rows become one number.</param>
    /// <param name="name">The name in reports.</param>
    public static Loss Hinge(
        LossReduction reduction = LossReduction.SumOverBatchSize, string name = "hinge") =>
        new HingeLoss(isSquared: false, reduction, name);

    /// <summary>Mean over the last axis of <c>max(1 - t p, 0)^2</c>. Targets are -1 and 1; if all of a batch are 0 or 1, 0 stands for -1.</summary>
    /// <param name="reduction">How the losses of the rows become one number.</param>
    /// <param name="name">The name in reports.</param>
    public static Loss SquaredHinge(
        LossReduction reduction = LossReduction.SumOverBatchSize, string name = "squared_hinge") =>
        new HingeLoss(isSquared: true, reduction, name);

    /// <summary><c>max(n - s + 1, 0)</c> with <c>s = sum(t p)</c> and <c>n = max((1 - t) p)</c> over the last axis; targets are one-hot.</summary>
    /// <param name="reduction">How the losses of the rows become one number.</param>
    /// <param name="name">The name in reports.</param>
    public static Loss CategoricalHinge(
        LossReduction reduction = LossReduction.SumOverBatchSize, string name = "categorical_hinge") =>
        new CategoricalHingeLoss(reduction, name);

    /// <summary><see cref="BinaryCrossentropy"/> times <c>q^gamma</c> with q the distance of prediction and target, <c>t (1 - p) + (1 - t) p</c>, which takes weight from what is
    /// right already (Lin and others 2017). It fuses with a final sigmoid.</summary>
    /// <param name="applyClassBalancing">Whether <paramref name="alpha"/> applies.</param>
    /// <param name="alpha">The weight of class 1, in [0, 1]; that of class 0 is <c>1 - alpha</c>.</param>
    /// <param name="gamma">The focus; 0 is none.</param>
    /// <param name="fromLogits">Whether the predictions are logits, for a network without a final sigmoid.</param>
    /// <param name="labelSmoothing">s in [0, 1]: targets t become <c>t (1 - s) + s / 2</c>.</param>
    /// <param name="axis">The axis of the mean, counted with the batch axis; negative from the end.</param>
    /// <param name="reduction">How the losses of the rows become one number.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range, or the axis is 0.</exception>
    public static Loss BinaryFocalCrossentropy(
        bool applyClassBalancing = false,
        double alpha = 0.25,
        double gamma = 2,
        bool fromLogits = false,
        double labelSmoothing = 0,
        int axis = -1,
        LossReduction reduction = LossReduction.SumOverBatchSize,
        string name = "binary_focal_crossentropy")
    {
        if (!(alpha >= 0 && alpha <= 1)) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "Expected a number in [0, 1].");
        return AxisLoss.Along(
            axis, new BinaryFocalCrossentropyLoss(applyClassBalancing ? alpha : null, gamma, fromLogits, labelSmoothing, reduction, name));
    }

    /// <summary>Sum over the axis of <c>-alpha (1 - p)^gamma t log p</c>: <see cref="CategoricalCrossentropy"/> with less weight on what is right already (Lin
    /// and others 2017). It fuses with a final softmax.</summary>
    /// <param name="alpha">The factor of every class.</param>
    /// <param name="gamma">The focus; 0 is none.</param>
    /// <param name="fromLogits">Whether the predictions are logits, for a network without a final softmax.</param>
    /// <param name="labelSmoothing">s in [0, 1]: targets t become <c>t (1 - s) + s / classes</c>.</param>
    /// <param name="axis">The axis of the classes, counted with the batch axis; negative from the end.</param>
    /// <param name="reduction">How the losses of the rows become one number.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range, or the axis is 0.</exception>
    public static Loss CategoricalFocalCrossentropy(
        double alpha = 0.25,
        double gamma = 2,
        bool fromLogits = false,
        double labelSmoothing = 0,
        int axis = -1,
        LossReduction reduction = LossReduction.SumOverBatchSize,
        string name = "categorical_focal_crossentropy") =>
        CategoricalFocalCrossentropy([alpha], gamma, fromLogits, labelSmoothing, axis, reduction, name);

    /// <summary><see cref="CategoricalFocalCrossentropy(double, double, bool, double, int, LossReduction, string)"/> with a factor for each class.</summary>
    /// <param name="alpha">The factors, one for each class.</param>
    /// <param name="gamma">The focus; 0 is none.</param>
    /// <param name="fromLogits">Whether the predictions are logits, for a network without a final softmax.</param>
    /// <param name="labelSmoothing">s in [0, 1]: targets t become <c>t (1 - s) + s / classes</c>.</param>
    /// <param name="axis">The axis of the classes, counted with the batch axis; negative from the end.</param>
    /// <param name="reduction">How the losses of the rows become one number.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentNullException">There are no factors.</exception>
    /// <exception cref="ArgumentException">An argument is out of its range, or the axis is 0.</exception>
    public static Loss CategoricalFocalCrossentropy(
        IReadOnlyList<double> alpha,
        double gamma = 2,
        bool fromLogits = false,
        double labelSmoothing = 0,
        int axis = -1,
        LossReduction reduction = LossReduction.SumOverBatchSize,
        string name = "categorical_focal_crossentropy")
    {
        ArgumentNullException.ThrowIfNull(alpha);
        return AxisLoss.Along(axis, new CategoricalFocalCrossentropyLoss([.. alpha], gamma, fromLogits, labelSmoothing, reduction, name));
    }

    /// <summary><c>(1 - p^q) / q</c> of the prediction p of the class that the target is: between <see cref="CategoricalCrossentropy"/>, where q nears 0, and
    /// the absolute error, where it nears 1, which wrong labels disturb less (Zhang and Sabuncu 2018).</summary>
    /// <param name="q">Within (0, 1).</param>
    /// <param name="reduction">How the losses of the rows become one number.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="q"/> is not within (0, 1).</exception>
    public static Loss CategoricalGeneralizedCrossEntropy(
        double q = 0.5, LossReduction reduction = LossReduction.SumOverBatchSize, string name = "categorical_generalized_cross_entropy") =>
        new CategoricalGeneralizedCrossEntropyLoss(q, reduction, name);

    /// <summary>The circle loss of embeddings of length 1 and their classes, which draws a class together and away from the others: of each sample of a batch among all
    /// of them (Sun and others 2020). Samples of loss 0 do not count in the mean, as in Keras.</summary>
    /// <param name="gamma">The scale of the similarities; above 0.</param>
    /// <param name="margin">The distance within which a pair of one class, and 1 minus that beyond which a pair of two, has little weight.</param>
    /// <param name="removeDiagonal">Whether a sample makes no pair with itself.</param>
    /// <param name="reduction">How the losses of the rows become one number.</param>
    /// <param name="name">The name in reports.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static Loss Circle(
        double gamma = 80,
        double margin = 0.4,
        bool removeDiagonal = true,
        LossReduction reduction = LossReduction.SumOverBatchSize,
        string name = "circle") =>
        new CircleLoss(gamma, margin, removeDiagonal, reduction, name);

    /// <summary>Connectionist temporal classification: the negative logarithm of the probability that logits of (time, classes) write the labels of a sample, whatever
    /// steps they stand at (Graves and others 2006). Class 0 is the blank; targets are of (labels), padded with 0 at the end. Steps that a mask leaves out are no part of
    /// the sequence.</summary>
    /// <param name="reduction">How the losses of the rows become one number.</param>
    /// <param name="name">The name in reports.</param>
    public static Loss CTC(LossReduction reduction = LossReduction.SumOverBatchSize, string name = "ctc") => new CtcLoss(reduction, name);

    /// <summary><c>1 - 2 sum(t p) / (sum(t) + sum(p) + 1e-7)</c>: how far two regions, of parts in [0, 1], are from covering each other (Dice 1945).</summary>
    /// <param name="reduction">How the losses of the rows become one number.</param>
    /// <param name="name">The name in reports.</param>
    /// <param name="axis">The axes of the sums, counted with the batch axis; null for all of them, one loss for the whole batch. [1, 2, 3] of images is one for
    /// each sample.</param>
    /// <exception cref="ArgumentException">The list of axes is empty.</exception>
    public static Loss Dice(
        LossReduction reduction = LossReduction.SumOverBatchSize, string name = "dice", IReadOnlyList<int>? axis = null) =>
        new RegionLoss(0.5, 0.5, LossMath.Epsilon / 2, axis, reduction, name);

    /// <summary><c>1 - s / (s + alpha sum(p (1 - t)) + beta sum(t (1 - p)) + 1e-7)</c> with <c>s = sum(t p)</c>: <see cref="Dice"/> with weights for what is too much and what
    /// is missed (Salehi and others 2017).</summary>
    /// <param name="alpha">The weight of what is too much, false positives; at least 0.</param>
    /// <param name="beta">The weight of what is missed, false negatives; at least 0.</param>
    /// <param name="reduction">How the losses of the rows become one number.</param>
    /// <param name="name">The name in reports.</param>
    /// <param name="axis">The axes of the sums, counted with the batch axis; null for all of them.</param>
    /// <exception cref="ArgumentException">An argument is out of its range.</exception>
    public static Loss Tversky(
        double alpha = 0.5,
        double beta = 0.5,
        LossReduction reduction = LossReduction.SumOverBatchSize,
        string name = "tversky",
        IReadOnlyList<int>? axis = null) =>
        new RegionLoss(alpha, beta, LossMath.Epsilon, axis, reduction, name);
}
