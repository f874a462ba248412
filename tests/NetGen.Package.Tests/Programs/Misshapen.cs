using NetGen;

Console.WriteLine(nameof(Misshapen));

[Network]
[Input(4)]
[Dense(6)]
[Reshape(4, 2)]
public partial class Misshapen;
