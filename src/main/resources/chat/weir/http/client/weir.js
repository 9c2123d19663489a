export class Weir {}
