using NetGen;

Iris model = args is [string file] ? Iris.Load(file) : new Iris(seed: 1);
float[] y = new float[Iris.OutputSize];
model.Predict([5.1f, 3.5f, 1.4f, 0.2f], y);
Console.WriteLine($"sum: {y.Sum():f3}");

[Network]
[Input(4)]
[Dense(300, Activation = Activation.ReLU)]
[Dense(3, Activation = Activation.Softmax)]
public partial class Iris;
